package io.tapeline.ingestor.share;

import java.util.Set;

/**
 * One who takes part in a line.
 *
 * @param id by which the group knows it; differs between members, and between a process's lines
 * @param instance the name its process was given; the same on all of the process's lines
 * @param process differs between processes, and is the same on all of a process's lines
 * @param owned partitions that it has and has not given up yet
 */
public record Member(String id, String instance, String process, Set<Integer> owned) {

    public Member {
        owned = Set.copyOf(owned);
    }
}
