package io.tapeline.exchange.judge;

import io.tapeline.exchange.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers every breach of the exchange's limits, and how near to them the clients came. What a
 * fault provokes is not the client's breach; how it answers to that may be. Thread-safe.
 */
public final class Judge {

    /**
     * A request that arrives within this time after a refusal may have been under way before the
     * refusal was read, or come from another process behind the address, which is told by its own
     * first refusal.
     */
    public static final Duration UNDER_WAY = Duration.ofSeconds(2);

    private static final int MOST_KEPT = 10_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Limits limits;
    private final Deque<Breach> breaches = new ArrayDeque<>();
    private final Map<Long, SlidingCount> messages = new HashMap<>();
    private final Map<String, SlidingCount> connects = new HashMap<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private long total;
    private int mostMessages;
    private int mostStreams;
    private int mostConnects;
    private long mostWeight;

    private record Refusal(Instant told, Instant until, boolean ban) {}

    /**
     * The verdict.
     *
     * @param total how many breaches there were, also those no longer kept
     * @param breaches the oldest first
     * @param mostWeightInAMinute used by one address itself in a clock-aligned minute
     * @param mostConnectsInAWindow attempts of one address within the limits' window
     * @param mostMessagesInASecond pings, pongs and texts on one connection within any second
     * @param mostStreamsOnAConnection at one time
     */
    public record Verdict(
            long total,
            List<Breach> breaches,
            long mostWeightInAMinute,
            int mostConnectsInAWindow,
            int mostMessagesInASecond,
            int mostStreamsOnAConnection) {}

    public Judge(Limits limits) {
        this.limits = limits;
    }

    /** A ping, pong or text arrived on a connection. */
    public synchronized void message(long connection, String address, Instant now) {
        int count = messages.computeIfAbsent(connection, c -> new SlidingCount(SECOND)).add(now);
        mostMessages = Math.max(mostMessages, count);
        if (count > limits.controlMessagesPerSecond()) {
            breach(
                    now,
                    address,
                    Breach.Rule.CONTROL_MESSAGES,
                    count
                            + " messages within a second on connection "
                            + connection
                            + ", allowed "
                            + limits.controlMessagesPerSecond());
        }
    }

    /** The connection is gone. */
    public synchronized void gone(long connection) {
        messages.remove(connection);
    }

    /** A connection carries, or would carry, so many streams. */
    public synchronized void streams(long connection, String address, int count, Instant now) {
        if (count > limits.streamsPerConnection()) {
            breach(
                    now,
                    address,
                    Breach.Rule.STREAMS_PER_CONNECTION,
                    count
                            + " streams on connection "
                            + connection
                            + ", allowed "
                            + limits.streamsPerConnection());
        } else {
            mostStreams = Math.max(mostStreams, count);
        }
    }

    /** A socket is asked for. */
    public synchronized void connect(String address, Instant now) {
        int count =
                connects.computeIfAbsent(address, a -> new SlidingCount(limits.connectWindow()))
                        .add(now);
        mostConnects = Math.max(mostConnects, count);
        if (count > limits.connectsPerWindow()) {
            breach(
                    now,
                    address,
                    Breach.Rule.CONNECTS,
                    count
                            + " connects within "
                            + limits.connectWindow()
                            + ", allowed "
                            + limits.connectsPerWindow());
        }
    }

    /** A connection was ended because no pong came. */
    public synchronized void pongLate(long connection, String address, Instant now) {
        breach(now, address, Breach.Rule.PONG_LATE, "no pong on connection " + connection);
    }

    /**
     * A request arrived.
     *
     * @param ownWeight what the address itself has used in this minute, the request included
     * @param ownRequests how many requests it made in these five minutes
     */
    public synchronized void request(
            String address, long ownWeight, long ownRequests, Instant now) {
        Refusal refusal = refusals.get(address);
        if (refusal != null && now.isBefore(refusal.until())) {
            if (now.isAfter(refusal.told().plus(UNDER_WAY))) {
                breach(
                        now,
                        address,
                        refusal.ban()
                                ? Breach.Rule.ASKED_WHILE_BANNED
                                : Breach.Rule.ASKED_BEFORE_RETRY_AFTER,
                        "told at " + refusal.told() + " to wait until " + refusal.until());
            }
            return;
        }
        mostWeight = Math.max(mostWeight, ownWeight);
        if (ownWeight > limits.requestWeightPerMinute()) {
            breach(
                    now,
                    address,
                    Breach.Rule.REQUEST_WEIGHT,
                    ownWeight
                            + " of weight within the minute, allowed "
                            + limits.requestWeightPerMinute());
        }
        if (ownRequests > limits.rawRequestsPer5Minutes()) {
            breach(
                    now,
                    address,
                    Breach.Rule.RAW_REQUESTS,
                    ownRequests
                            + " requests within five minutes, allowed "
                            + limits.rawRequestsPer5Minutes());
        }
    }

    /** A request was answered 429 or 418, with the time to wait. */
    public synchronized void refused(String address, boolean ban, Duration wait, Instant now) {
        Instant until = now.plus(wait);
        Refusal before = refusals.get(address);
        if (before == null || before.until().isBefore(now) || (ban && !before.ban())) {
            refusals.put(address, new Refusal(now, until, ban));
        }
    }

    private void breach(Instant at, String address, Breach.Rule rule, String detail) {
        total++;
        breaches.add(new Breach(at, address, rule, detail));
        if (breaches.size() > MOST_KEPT) {
            breaches.remove();
        }
    }

    /** The breaches so far, the oldest first. */
    public synchronized List<Breach> breaches() {
        return List.copyOf(breaches);
    }

    public synchronized Verdict verdict() {
        return new Verdict(
                total, List.copyOf(breaches), mostWeight, mostConnects, mostMessages, mostStreams);
    }
}
