package io.tapeline.benchmarks.peers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a peer tells at its end.
 *
 * @param updates over which it was measured
 * @param cpuMicros processor time of its process meanwhile
 */
record PeerResult(long updates, long cpuMicros, long wallMicros) {

    private static final Pattern LINE =
            Pattern.compile("updates=(\\d+) cpuMicros=(\\d+) wallMicros=(\\d+)");

    PeerResult {
        if (updates < 1 || cpuMicros < 1 || wallMicros < 1) {
            throw new IllegalArgumentException(
                    "peer result: updates %d, cpuMicros %d and wallMicros %d are not all above 0"
                            .formatted(updates, cpuMicros, wallMicros));
        }
    }

    /** Empty where the line tells none. */
    static Optional<PeerResult> of(String line) {
        Matcher found = LINE.matcher(line.strip());
        return found.matches()
                ? Optional.of(
                        new PeerResult(
                                Long.parseLong(found.group(1)),
                                Long.parseLong(found.group(2)),
                                Long.parseLong(found.group(3))))
                : Optional.empty();
    }

    /** As a peer tells it. */
    String line() {
        return "updates=%d cpuMicros=%d wallMicros=%d".formatted(updates, cpuMicros, wallMicros);
    }

    double updatesPerCpuSecond() {
        return updates * 1e6 / cpuMicros;
    }

    double updatesPerSecond() {
        return updates * 1e6 / wallMicros;
    }
}
