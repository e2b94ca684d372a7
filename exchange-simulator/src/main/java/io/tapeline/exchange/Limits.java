package io.tapeline.exchange;

import java.time.Duration;
import java.util.List;

/**
 * The exchange's limits, each a number that tests may scale (EXCHANGES A.2, A.6, A.7).
 *
 * @param pingEvery how often a socket is pinged
 * @param pongWithin a socket that has not answered a ping with its payload for this long is dropped
 * @param lifetime after this a socket is closed
 * @param controlMessagesPerSecond pings, pongs and texts that a client may send in any second
 * @param streamsPerConnection how many streams one socket may be subscribed to
 * @param connectsPerWindow how many sockets one address may open in {@code connectWindow}
 * @param requestWeightPerMinute the weight one address may use in a clock-aligned minute
 * @param rawRequestsPer5Minutes the requests one address may make in clock-aligned five minutes
 * @param refusalsBeforeBan how many requests an address may make in spite of a 429 before it is
 *     banned
 * @param bans how long the first ban lasts, the second, and so on; the last one repeats
 */
public record Limits(
        Duration pingEvery,
        Duration pongWithin,
        Duration lifetime,
        int controlMessagesPerSecond,
        int streamsPerConnection,
        int connectsPerWindow,
        Duration connectWindow,
        int requestWeightPerMinute,
        int rawRequestsPer5Minutes,
        int refusalsBeforeBan,
        List<Duration> bans) {

    public Limits {
        requirePositive("pingEvery", pingEvery);
        requirePositive("pongWithin", pongWithin);
        requirePositive("lifetime", lifetime);
        requirePositive("connectWindow", connectWindow);
        requirePositive("controlMessagesPerSecond", controlMessagesPerSecond);
        requirePositive("streamsPerConnection", streamsPerConnection);
        requirePositive("connectsPerWindow", connectsPerWindow);
        requirePositive("requestWeightPerMinute", requestWeightPerMinute);
        requirePositive("rawRequestsPer5Minutes", rawRequestsPer5Minutes);
        requirePositive("refusalsBeforeBan", refusalsBeforeBan);
        bans = List.copyOf(bans);
        if (bans.isEmpty()) {
            throw new IllegalArgumentException("Limits.bans must name at least one duration");
        }
        bans.forEach(ban -> requirePositive("bans", ban));
    }

    /** The numbers of the real exchange. */
    public static Limits real() {
        return new Limits(
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ofHours(24),
                5,
                1_024,
                300,
                Duration.ofMinutes(5),
                6_000,
                300_000,
                10,
                List.of(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofHours(12),
                        Duration.ofDays(3)));
    }

    public Limits withPings(Duration every, Duration within) {
        return new Limits(
                every,
                within,
                lifetime,
                controlMessagesPerSecond,
                streamsPerConnection,
                connectsPerWindow,
                connectWindow,
                requestWeightPerMinute,
                rawRequestsPer5Minutes,
                refusalsBeforeBan,
                bans);
    }

    public Limits withLifetime(Duration newLifetime) {
        return new Limits(
                pingEvery,
                pongWithin,
                newLifetime,
                controlMessagesPerSecond,
                streamsPerConnection,
                connectsPerWindow,
                connectWindow,
                requestWeightPerMinute,
                rawRequestsPer5Minutes,
                refusalsBeforeBan,
                bans);
    }

    public Limits withControlMessagesPerSecond(int messages) {
        return new Limits(
                pingEvery,
                pongWithin,
                lifetime,
                messages,
                streamsPerConnection,
                connectsPerWindow,
                connectWindow,
                requestWeightPerMinute,
                rawRequestsPer5Minutes,
                refusalsBeforeBan,
                bans);
    }

    public Limits withStreamsPerConnection(int streams) {
        return new Limits(
                pingEvery,
                pongWithin,
                lifetime,
                controlMessagesPerSecond,
                streams,
                connectsPerWindow,
                connectWindow,
                requestWeightPerMinute,
                rawRequestsPer5Minutes,
                refusalsBeforeBan,
                bans);
    }

    public Limits withConnects(int connects, Duration window) {
        return new Limits(
                pingEvery,
                pongWithin,
                lifetime,
                controlMessagesPerSecond,
                streamsPerConnection,
                connects,
                window,
                requestWeightPerMinute,
                rawRequestsPer5Minutes,
                refusalsBeforeBan,
                bans);
    }

    public Limits withRequestWeight(int weightPerMinute) {
        return new Limits(
                pingEvery,
                pongWithin,
                lifetime,
                controlMessagesPerSecond,
                streamsPerConnection,
                connectsPerWindow,
                connectWindow,
                weightPerMinute,
                rawRequestsPer5Minutes,
                refusalsBeforeBan,
                bans);
    }

    public Limits withRawRequests(int requestsPer5Minutes) {
        return new Limits(
                pingEvery,
                pongWithin,
                lifetime,
                controlMessagesPerSecond,
                streamsPerConnection,
                connectsPerWindow,
                connectWindow,
                requestWeightPerMinute,
                requestsPer5Minutes,
                refusalsBeforeBan,
                bans);
    }

    public Limits withBans(int refusals, List<Duration> durations) {
        return new Limits(
                pingEvery,
                pongWithin,
                lifetime,
                controlMessagesPerSecond,
                streamsPerConnection,
                connectsPerWindow,
                connectWindow,
                requestWeightPerMinute,
                rawRequestsPer5Minutes,
                refusals,
                durations);
    }

    private static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "Limits." + field + " must be positive, was " + value);
        }
    }

    private static void requirePositive(String field, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "Limits." + field + " must be positive, was " + value);
        }
    }
}
