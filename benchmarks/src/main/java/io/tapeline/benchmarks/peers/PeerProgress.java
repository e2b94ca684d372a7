package io.tapeline.benchmarks.peers;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a peer is that tells so; zero: it is ready for the first diff.
 *
 * @param applied diffs that are in their books
 */
record PeerProgress(long applied) {

    private static final Pattern LINE = Pattern.compile("applied=(\\d+)");

    PeerProgress {
        if (applied < 0) {
            throw new IllegalArgumentException("peer progress: applied " + applied + " is below 0");
        }
    }

    /** Empty where the line tells none. */
    static OptionalLong of(String line) {
        Matcher found = LINE.matcher(line.strip());
        return found.matches()
                ? OptionalLong.of(Long.parseLong(found.group(1)))
                : OptionalLong.empty();
    }

    String line() {
        return "applied=" + applied;
    }
}
