package io.tapeline.ingestor.share;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which partition of a line goes to which member. Every member and every line computes it for
 * itself from the names alone, and so lines agree without asking one another.
 *
 * <p>The partitions of the first line are spread by weights that follow from the name and the
 * partition, each member taking those that weigh most with it: who joins or leaves moves hardly
 * more than its own share. The others think of the members as a ring in the order of their names:
 * line {@code i} gives a partition to the {@code i}-th member after the one that has it on the
 * first line. So with two members or more two neighbouring lines never meet at one member, and
 * every line is as balanced as the first.
 */
public final class LineAssignment {

    private LineAssignment() {}

    /** A weight of a member with a partition. */
    private record Weight(int partition, int place, long weight) {}

    /**
     * What each member is to have now, by its id. A partition that somebody else still has is not
     * given to anybody: it is given when that one has let it go, which is the next round.
     *
     * @param partitions of the topic, from 0
     * @param line the line's number, from 0
     * @return an entry for each member, empty for one that gets none
     */
    public static Map<String, Set<Integer>> of(
            int partitions, int line, Collection<Member> members) {
        Map<String, Set<Integer>> given = new TreeMap<>();
        members.forEach(member -> given.put(member.id(), new TreeSet<>()));
        if (given.size() != members.size()) {
            throw new IllegalArgumentException("line assignment: a member's id occurs twice");
        }
        if (members.isEmpty()) {
            return given;
        }
        List<Member> ring = ring(members);
        int[] first = firstLine(partitions, keys(ring));
        Map<Integer, Set<String>> owners = owners(members);
        for (int partition = 0; partition < partitions; partition++) {
            String to = ring.get((first[partition] + line) % ring.size()).id();
            if (Set.of(to).containsAll(owners.getOrDefault(partition, Set.of()))) {
                given.computeIfAbsent(to, _ -> new TreeSet<>()).add(partition);
            }
        }
        return given;
    }

    /** Names that more than one process has: their processes are told apart, but not for long. */
    public static Set<String> namesTwice(Collection<Member> members) {
        Map<String, Set<String>> processes = new TreeMap<>();
        members.forEach(member ->
                processes
                        .computeIfAbsent(member.instance(), _ -> new HashSet<>())
                        .add(member.id()));
        processes.values().removeIf(ids -> ids.size() == 1);
        return processes.keySet();
    }

    private static List<Member> ring(Collection<Member> members) {
        return members.stream()
                .sorted(
                        Comparator.comparing(Member::instance)
                                .thenComparing(Member::process)
                                .thenComparing(Member::id))
                .toList();
    }

    /**
     * The name, so that a process that comes back gets what it had; with its process if need be.
     */
    private static List<String> keys(List<Member> ring) {
        Map<String, Long> times =
                ring.stream()
                        .collect(Collectors.groupingBy(Member::instance, Collectors.counting()));
        return ring.stream()
                .map(member ->
                        times.getOrDefault(member.instance(), 0L) == 1
                                ? member.instance()
                                : member.instance() + "#" + member.process())
                .toList();
    }

    /** The place in the ring of each partition's member; members' counts differ by one at most. */
    private static int[] firstLine(int partitions, List<String> keys) {
        List<Weight> weights = new ArrayList<>();
        for (int place = 0; place < keys.size(); place++) {
            for (int partition = 0; partition < partitions; partition++) {
                weights.add(new Weight(partition, place, weight(keys.get(place), partition)));
            }
        }
        weights.sort(
                Comparator.comparingLong(Weight::weight)
                        .reversed()
                        .thenComparingInt(Weight::partition)
                        .thenComparingInt(Weight::place));
        int each = partitions / keys.size();
        int larger = partitions % keys.size();
        int[] counts = new int[keys.size()];
        int[] places = new int[partitions];
        boolean[] taken = new boolean[partitions];
        for (Weight weight : weights) {
            int count = counts[weight.place];
            if (taken[weight.partition] || count > each || (count == each && larger == 0)) {
                continue;
            }
            if (count == each) {
                larger--;
            }
            counts[weight.place]++;
            places[weight.partition] = weight.place;
            taken[weight.partition] = true;
        }
        return places;
    }

    /** The same in every process and for ever: FNV-1a of the name, mixed with the partition. */
    private static long weight(String name, int partition) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash += (partition + 1) * 0x9e3779b97f4a7c15L;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    private static Map<Integer, Set<String>> owners(Collection<Member> members) {
        Map<Integer, Set<String>> owners = new HashMap<>();
        members.forEach(member ->
                member.owned()
                        .forEach(partition ->
                                owners.computeIfAbsent(partition, _ -> new HashSet<>())
                                        .add(member.id())));
        return owners;
    }
}
