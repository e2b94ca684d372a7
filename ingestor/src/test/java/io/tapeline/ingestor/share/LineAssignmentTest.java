package io.tapeline.ingestor.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineAssignmentTest {

    /** Every number of partitions up to 16 with every number of members up to 8. */
    static Stream<Arguments> sizes() {
        return IntStream.rangeClosed(1, 16)
                .boxed()
                .flatMap(partitions ->
                        IntStream.rangeClosed(1, 8)
                                .mapToObj(members -> Arguments.of(partitions, members)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyPartitionOfEveryLineIsGivenOnceAndAllHaveTheSameBarOne(int partitions, int count) {
        for (int line = 0; line < 3; line++) {
            Map<String, Set<Integer>> given =
                    LineAssignment.of(partitions, line, members(count, Map.of()));
            assertThat(given).hasSize(count);
            assertThat(given.values().stream().flatMap(Set::stream).sorted().toList())
                    .isEqualTo(IntStream.range(0, partitions).boxed().toList());
            List<Integer> sizes = given.values().stream().map(Set::size).sorted().toList();
            assertThat(sizes.getLast() - sizes.getFirst()).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void linesOfAPartitionLieOnDifferentMembersAsLongAsThereAreEnough(int partitions, int count) {
        Map<Integer, Set<String>> ownersOfLines = new HashMap<>();
        for (int line = 0; line < count; line++) {
            LineAssignment.of(partitions, line, members(count, Map.of()))
                    .forEach((id, numbers) ->
                            numbers.forEach(number ->
                                    ownersOfLines
                                            .computeIfAbsent(number, _ -> new HashSet<>())
                                            .add(id)));
        }
        assertThat(ownersOfLines.values()).allMatch(owners -> owners.size() == count);
    }

    @Test
    void theOrderInWhichMembersAreToldDoesNotMatter() {
        List<Member> members = new ArrayList<>(members(5, Map.of()));
        Map<String, Set<Integer>> given = LineAssignment.of(12, 1, members);
        Collections.reverse(members);
        assertThat(LineAssignment.of(12, 1, members)).isEqualTo(given);
    }

    @Test
    void whatSomebodyElseStillHasIsGivenToNobodyAndInTheNextRoundToWhomItIsDue() {
        Map<String, Set<Integer>> alone = LineAssignment.of(6, 0, members(1, Map.of()));
        Map<String, Set<Integer>> first = LineAssignment.of(6, 0, members(2, alone));
        Map<String, Set<Integer>> due = LineAssignment.of(6, 0, members(2, Map.of()));
        assertThat(first).isEqualTo(Map.of("id-0", due.get("id-0"), "id-1", Set.of()));
        assertThat(LineAssignment.of(6, 0, members(2, first))).isEqualTo(due);
    }

    @Test
    void roundsEndAndNothingIsEverGivenWhileAnotherHasItWhateverWasOwned() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int trial = 0; trial < 500; trial++) {
            int partitions = random.nextInt(1, 13);
            int count = random.nextInt(1, 7);
            int line = random.nextInt(3);
            Map<String, Set<Integer>> owned = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                // Now and then two claim the same: one of them has not heard that it lost it.
                for (int claim = random.nextInt(3); claim > 0; claim--) {
                    owned.computeIfAbsent("id-" + random.nextInt(count), _ -> new HashSet<>())
                            .add(partition);
                }
            }
            Map<String, Set<Integer>> first =
                    LineAssignment.of(partitions, line, members(count, owned));
            first.forEach((id, numbers) ->
                    owned.forEach((other, claimed) -> {
                        if (!other.equals(id)) {
                            assertThat(numbers)
                                    .as("seed %d", seed)
                                    .doesNotContainAnyElementsOf(claimed);
                        }
                    }));
            assertThat(LineAssignment.of(partitions, line, members(count, first)))
                    .as("seed %d", seed)
                    .isEqualTo(LineAssignment.of(partitions, line, members(count, Map.of())));
        }
    }

    @Test
    void whoJoinsMovesHardlyMoreThanItsOwnShare() {
        int moved = 0;
        int least = 0;
        int byTurns = 0;
        int partitions = 24;
        for (int count = 1; count <= 8; count++) {
            int[] before = owners(partitions, count);
            int[] after = owners(partitions, count + 1);
            for (int partition = 0; partition < partitions; partition++) {
                moved += before[partition] == after[partition] ? 0 : 1;
                byTurns += partition % count == partition % (count + 1) ? 0 : 1;
            }
            least += partitions / (count + 1);
        }
        assertThat(moved).isLessThan(2 * least).isLessThan(byTurns * 2 / 3);
    }

    @Test
    void twoProcessesOfTheSameNameAreToldApartTheSameWayOnBothLines() {
        List<Member> a =
                List.of(
                        new Member("a-1", "twin", "p", Set.of()),
                        new Member("a-2", "twin", "q", Set.of()));
        List<Member> b =
                List.of(
                        new Member("b-9", "twin", "p", Set.of()),
                        new Member("b-3", "twin", "q", Set.of()));
        assertThat(LineAssignment.namesTwice(a)).containsExactly("twin");
        Map<String, Set<Integer>> first = LineAssignment.of(6, 0, a);
        Map<String, Set<Integer>> second = LineAssignment.of(6, 1, b);
        assertThat(first.get("a-1")).hasSize(3).isEqualTo(second.get("b-3"));
        assertThat(first.get("a-2")).hasSize(3).isEqualTo(second.get("b-9"));
    }

    @Test
    void aMembersIdIsItsOwn() {
        Member one = new Member("id", "one", "p", Set.of());
        assertThatThrownBy(() -> LineAssignment.of(1, 0, List.of(one, one)))
                .hasMessage("line assignment: a member's id occurs twice");
    }

    @Test
    void nobodyIsGivenNothing() {
        assertThat(LineAssignment.of(3, 0, List.of())).isEmpty();
    }

    private static int[] owners(int partitions, int count) {
        int[] owners = new int[partitions];
        LineAssignment.of(partitions, 0, members(count, Map.of()))
                .forEach((id, numbers) ->
                        numbers.forEach(
                                number -> owners[number] = Integer.parseInt(id.substring(3))));
        return owners;
    }

    private static List<Member> members(int count, Map<String, Set<Integer>> owned) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        new Member(
                                "id-" + number,
                                "ingestor-" + number,
                                "p" + number,
                                owned.getOrDefault("id-" + number, Set.of())))
                .toList();
    }
}
