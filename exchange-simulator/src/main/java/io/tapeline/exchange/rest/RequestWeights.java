package io.tapeline.exchange.rest;

import io.tapeline.exchange.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each address has used in the current windows, which are fixed and aligned to the clock, not
 * sliding; and who is banned for having gone on after a 429 (EXCHANGES A.6, A.7).
 */
final class RequestWeights {

    private static final long WEIGHT_WINDOW_SECONDS = 60;
    private static final long RAW_WINDOW_SECONDS = 300;

    private final Limits limits;
    private final Map<String, Usage> addresses = new HashMap<>();
    private long burntMinute = Long.MIN_VALUE;
    private long burnt;

    RequestWeights(Limits limits) {
        this.limits = limits;
    }

    /** What an address may use in a minute. */
    int mostWeight() {
        return limits.requestWeightPerMinute();
    }

    /**
     * What becomes of a request.
     *
     * @param used the weight used in this minute, this request's included
     * @param own the part of it that the address used itself
     * @param requests how many requests it made in these five minutes
     * @param refusal the refusal; null to go on
     */
    record Verdict(long used, long own, long requests, @Nullable Reply refusal) {}

    private static final class Usage {
        private long minute = Long.MIN_VALUE;
        private long weight;
        private long rawWindow = Long.MIN_VALUE;
        private long requests;
        private int refusals;
        private int bans;
        private Instant bannedUntil = Instant.EPOCH;
    }

    /** Somebody else behind each address uses weight in this minute. */
    synchronized void burn(int weight, Instant now) {
        long minute = now.getEpochSecond() / WEIGHT_WINDOW_SECONDS;
        if (burntMinute != minute) {
            burntMinute = minute;
            burnt = 0;
        }
        burnt += weight;
    }

    private long used(Usage usage) {
        return usage.weight + (usage.minute == burntMinute ? burnt : 0);
    }

    /** Charges a request of the given weight to the address. */
    synchronized Verdict charge(String address, int weight, Instant now) {
        Usage usage = addresses.computeIfAbsent(address, a -> new Usage());
        long second = now.getEpochSecond();
        if (usage.minute != second / WEIGHT_WINDOW_SECONDS) {
            usage.minute = second / WEIGHT_WINDOW_SECONDS;
            usage.weight = 0;
            usage.refusals = 0;
        }
        if (usage.rawWindow != second / RAW_WINDOW_SECONDS) {
            usage.rawWindow = second / RAW_WINDOW_SECONDS;
            usage.requests = 0;
        }
        if (now.isBefore(usage.bannedUntil)) {
            return refused(usage, banned(usage, now));
        }
        usage.weight += weight;
        usage.requests++;
        boolean heavy = used(usage) > limits.requestWeightPerMinute();
        boolean many = usage.requests > limits.rawRequestsPer5Minutes();
        if (!heavy && !many) {
            return refused(usage, null);
        }
        usage.refusals++;
        if (usage.refusals > limits.refusalsBeforeBan()) {
            Duration ban = limits.bans().get(Math.min(usage.bans, limits.bans().size() - 1));
            usage.bans++;
            usage.refusals = 0;
            usage.bannedUntil = now.plus(ban);
            return refused(usage, banned(usage, now));
        }
        long window = heavy ? WEIGHT_WINDOW_SECONDS : RAW_WINDOW_SECONDS;
        Instant end = Instant.ofEpochSecond(second - second % window + window);
        return refused(
                usage,
                heavy
                        ? Reply.tooMuchWeight(mostWeight(), Duration.between(now, end))
                        : Reply.refused(
                                429,
                                "{\"code\":-1003,\"msg\":\"Too many requests queued.\"}",
                                Duration.between(now, end)));
    }

    private Verdict refused(Usage usage, @Nullable Reply refusal) {
        return new Verdict(used(usage), usage.weight, usage.requests, refusal);
    }

    private static Reply banned(Usage usage, Instant now) {
        return Reply.banned(Duration.between(now, usage.bannedUntil), now);
    }
}
