package io.tapeline.chaos.plan;

import io.tapeline.chaos.fault.Deck;
import io.tapeline.chaos.fault.Fault;
import io.tapeline.chaos.fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * Rounds without end: single faults and combinations by turns, each from a deck of its own, in
 * which kinds take turns and each fault comes once before any comes again. The same seed gives the
 * same rounds.
 */
public final class Plan implements Iterator<Round> {

    private static final int MOST_TOGETHER = 3;

    private final Random random;
    private final List<Fault> alone = new ArrayList<>();
    private final List<Fault> together = new ArrayList<>();
    private int number;

    public Plan(long seed) {
        random = new Random(seed);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Round next() {
        number++;
        boolean single = number % 2 == 1;
        int count = single ? 1 : random.nextInt(2, MOST_TOGETHER + 1);
        List<Round.Part> parts = new ArrayList<>();
        while (parts.size() < count) {
            Duration after = Duration.ofMillis(parts.isEmpty() ? 0 : random.nextInt(0, 4_000));
            parts.add(new Round.Part(after, draw(single ? alone : together, parts)));
        }
        return new Round(number, Duration.ofMillis(random.nextInt(500, 2_000)), parts);
    }

    /** The deck's first that goes with those that are drawn. */
    private Fault draw(List<Fault> deck, List<Round.Part> drawn) {
        if (deck.stream().noneMatch(fault -> goesWith(fault, drawn))) {
            deck.addAll(Deck.shuffled(random));
        }
        Iterator<Fault> faults = deck.iterator();
        while (faults.hasNext()) {
            Fault fault = faults.next();
            if (goesWith(fault, drawn)) {
                faults.remove();
                return fault;
            }
        }
        throw new IllegalStateException("plan: a whole deck has no fault that goes with " + drawn);
    }

    /** One clock and one exchange at a time: their faults are ended together. */
    private static boolean goesWith(Fault fault, List<Round.Part> drawn) {
        return drawn.stream()
                .map(Round.Part::fault)
                .noneMatch(other ->
                        other.target().equals(fault.target())
                                || other.kind() == fault.kind()
                                        && (fault.kind() == Kind.CLOCK_JUMP
                                                || fault.kind() == Kind.EXCHANGE));
    }
}
