package io.tapeline.chaos.plan;

import io.tapeline.chaos.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Faults that go on together, after which all must be well again.
 *
 * @param number from 1
 * @param pause how long all is well before it
 * @param parts in no order
 */
public record Round(int number, Duration pause, List<Part> parts) {

    /**
     * @param after the round's beginning
     */
    public record Part(Duration after, Fault fault) {

        Duration end() {
            return after.plus(fault.lasts());
        }
    }

    /**
     * A fault's beginning or end.
     *
     * @param after the round's beginning
     */
    public record Step(Duration after, boolean begins, Fault fault) {}

    public Round {
        parts = List.copyOf(parts);
        Set<String> targets = new HashSet<>();
        for (Part part : parts) {
            if (!targets.add(part.fault().target())) {
                throw new IllegalArgumentException(
                        "Round.parts has two faults of " + part.fault().target());
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("Round.parts must not be empty");
        }
    }

    public boolean isCombination() {
        return parts.size() > 1;
    }

    /** Beginnings and ends by their times; what begins at a time goes before what ends then. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Part part : parts) {
            steps.add(new Step(part.after(), true, part.fault()));
            steps.add(new Step(part.end(), false, part.fault()));
        }
        steps.sort(Comparator.comparing(Step::after).thenComparing(step -> !step.begins()));
        return steps;
    }

    /**
     * How far the exchange's times and those of whoever received may have been from each other: by
     * clocks that differed, and by what lay on the way until a cause was gone.
     */
    public Duration apart() {
        return parts.stream()
                .map(part -> part.fault().apart())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** For people. */
    public String words() {
        return parts.stream()
                .map(part ->
                        "%s of %s for %d ms"
                                .formatted(
                                        part.fault()
                                                .kind()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        part.fault().target(),
                                        part.fault().lasts().toMillis()))
                .collect(Collectors.joining(" + "));
    }
}
