package io.tapeline.ingestor;

import java.time.Duration;
import java.util.List;

/**
 * How an ingestor shares the work with others.
 *
 * @param lines names of the independent lines, in the same order in every process
 * @param handover how long streams go on after they were given up, and after a process has left, so
 *     that who has them next is there before they go; 0 where there is nobody else
 * @param sessionTimeout after which a process that is not heard of has lost its share
 */
public record ShareSettings(List<String> lines, Duration handover, Duration sessionTimeout) {

    private static final Duration LONGEST_HANDOVER = Duration.ofMinutes(1);

    public ShareSettings {
        lines = List.copyOf(lines);
        if (lines.isEmpty()
                || lines.stream().anyMatch(String::isBlank)
                || lines.stream().distinct().count() != lines.size()) {
            throw new IllegalArgumentException(
                    "share settings: lines " + lines + " is empty or names one twice");
        }
        if (handover.isNegative() || handover.compareTo(LONGEST_HANDOVER) > 0) {
            throw new IllegalArgumentException(
                    "share settings: handover " + handover + " is not 0 to " + LONGEST_HANDOVER);
        }
        if (sessionTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "share settings: sessionTimeout " + sessionTimeout + " is below 1 s");
        }
    }

    /** Of a process that is alone. */
    public static ShareSettings alone(List<String> lines) {
        return new ShareSettings(lines, Duration.ZERO, Duration.ofSeconds(10));
    }
}
