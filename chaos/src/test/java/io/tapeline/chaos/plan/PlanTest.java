package io.tapeline.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.chaos.fault.Fault;
import io.tapeline.chaos.fault.Kind;
import io.tapeline.chaos.part.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final int MANY = 60;
    private static final int ROUNDS_OF_HALF_AN_HOUR = 30;

    private static List<Round> rounds(long seed) {
        Plan plan = new Plan(seed);
        List<Round> rounds = new ArrayList<>();
        while (rounds.size() < MANY) {
            rounds.add(plan.next());
        }
        return rounds;
    }

    private static List<Fault> faults(List<Round> rounds) {
        return rounds.stream().flatMap(r -> r.parts().stream()).map(Round.Part::fault).toList();
    }

    @Test
    void the_same_seed_plans_the_same_rounds_and_another_plans_others() {
        assertThat(rounds(7)).isEqualTo(rounds(7)).isNotEqualTo(rounds(8));
    }

    @Test
    void every_kind_and_every_member_has_its_turn() {
        for (long seed = 0; seed < 20; seed++) {
            List<Fault> faults = faults(rounds(seed));
            assertThat(faults.stream().map(Fault::kind).collect(Collectors.toSet()))
                    .as("kinds, seed %s", seed)
                    .isEqualTo(EnumSet.allOf(Kind.class));
            Set<String> killed =
                    faults.stream()
                            .filter(fault -> fault.kind() == Kind.KILL)
                            .map(Fault::target)
                            .collect(Collectors.toSet());
            assertThat(killed)
                    .as("killed, seed %s", seed)
                    .containsAll(Arrays.stream(Member.values()).map(Member::words).toList());
        }
    }

    @Test
    void
            half_an_hour_has_every_kind_alone_and_in_combination_the_brokers_restart_and_the_engines_absence() {
        for (long seed = 0; seed < 20; seed++) {
            List<Round> rounds = rounds(seed).subList(0, ROUNDS_OF_HALF_AN_HOUR);
            List<Fault> alone = faults(rounds.stream().filter(r -> !r.isCombination()).toList());
            List<Fault> together = faults(rounds.stream().filter(Round::isCombination).toList());
            for (List<Fault> faults : List.of(alone, together)) {
                assertThat(faults.stream().map(Fault::kind).collect(Collectors.toSet()))
                        .as("kinds, seed %s", seed)
                        .isEqualTo(EnumSet.allOf(Kind.class));
                assertThat(faults.stream().map(fault -> fault.kind() + " " + fault.target()))
                        .as("seed %s", seed)
                        .contains("RESTART broker", "KILL engine");
            }
        }
    }

    @Test
    void single_faults_and_combinations_take_turns() {
        List<Round> rounds = rounds(3);

        assertThat(rounds.stream().map(Round::isCombination))
                .isEqualTo(rounds.stream().map(round -> round.number() % 2 == 0).toList());
        assertThat(rounds).allMatch(round -> round.parts().size() <= 3);
    }

    @Test
    void thirty_minutes_of_rounds_hold_forty_faults() {
        Duration wrong = Duration.ZERO;
        int faults = 0;
        for (Round round : rounds(11).subList(0, ROUNDS_OF_HALF_AN_HOUR)) {
            faults += round.parts().size();
            wrong = wrong.plus(round.steps().getLast().after()).plus(round.pause());
        }

        assertThat(faults).isGreaterThanOrEqualTo(40);
        assertThat(wrong).isLessThan(Duration.ofMinutes(8));
    }

    @Test
    void what_begins_in_a_round_ends_in_it() {
        for (Round round : rounds(5)) {
            List<Fault> begun = new ArrayList<>();
            Duration last = Duration.ZERO;
            for (Round.Step step : round.steps()) {
                assertThat(step.after()).isGreaterThanOrEqualTo(last);
                last = step.after();
                if (step.begins()) {
                    begun.add(step.fault());
                } else {
                    assertThat(begun.remove(step.fault())).isTrue();
                }
            }
            assertThat(begun).isEmpty();
        }
    }
}
