package io.tapeline.chaos.fault;

import io.tapeline.chaos.network.Link;
import io.tapeline.chaos.part.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Every kind of fault at every target that can suffer it, with lengths by chance. */
public final class Deck {

    private Deck() {}

    /**
     * Kinds take turns, so that the first faults of any deck are of all kinds. The first restart is
     * the broker's and the first kill the engine's: all others need those two.
     */
    public static List<Fault> shuffled(Random random) {
        Map<Kind, List<Fault>> byKind = new EnumMap<>(Kind.class);
        for (Fault fault : all(random)) {
            byKind.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(fault);
        }
        List<List<Fault>> piles = new ArrayList<>(byKind.values());
        for (List<Fault> pile : piles) {
            Collections.shuffle(pile, random);
            pile.sort(Comparator.comparing(Deck::isFirst));
        }
        List<Fault> deck = new ArrayList<>();
        while (!piles.isEmpty()) {
            Collections.shuffle(piles, random);
            piles.forEach(pile -> deck.add(pile.removeLast()));
            piles.removeIf(List::isEmpty);
        }
        return deck;
    }

    /** Of its kind. */
    private static boolean isFirst(Fault fault) {
        return switch (fault) {
            case Fault.Restart restart -> restart.member() == Member.BROKER;
            case Fault.Kill kill -> kill.member() == Member.ENGINE;
            case Fault.Freeze _,
                    Fault.FullDisk _,
                    Fault.SlowLink _,
                    Fault.DarkLink _,
                    Fault.CutLink _,
                    Fault.ClockJump _,
                    Fault.ExchangeErrs _ ->
                    false;
        };
    }

    private static List<Fault> all(Random random) {
        List<Fault> all = new ArrayList<>();
        for (Member member : Member.values()) {
            all.add(new Fault.Kill(member, between(random, 1_000, 9_000)));
            // Some sessions outlive it, some do not.
            all.add(new Fault.Freeze(member, between(random, 2_000, 14_000)));
            all.add(new Fault.Restart(member, between(random, 0, 2_000)));
        }
        for (Member keeper :
                List.of(Member.BROKER, Member.ENGINE, Member.AGGREGATOR_1, Member.AGGREGATOR_2)) {
            all.add(new Fault.FullDisk(keeper, between(random, 2_000, 10_000)));
        }
        for (Link link : Link.values()) {
            all.add(
                    new Fault.SlowLink(
                            link,
                            between(random, 4_000, 12_000),
                            between(random, 50, 800),
                            20_000 + random.nextInt(80_000)));
            all.add(new Fault.DarkLink(link, between(random, 2_000, 12_000)));
            all.add(new Fault.CutLink(link));
        }
        for (int i = 0; i < 4; i++) {
            Duration by = between(random, 1_000, 8_000);
            all.add(
                    new Fault.ClockJump(
                            i % 2 == 0 ? by : by.negated(), between(random, 2_000, 8_000)));
        }
        all.addAll(ExchangeScripts.all(random.nextInt(1, 1_000_000)));
        return all;
    }

    private static Duration between(Random random, int leastMillis, int mostMillis) {
        return Duration.ofMillis(random.nextInt(leastMillis, mostMillis));
    }
}
