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

    RequestWeights(Limits limits) {
        this.limits = limits;
    }

    /**
     * What becomes of a request.
     *
     * @param used the weight used in this minute, this request's included
     * @param status 0 to go on, else 429 or 418
     * @param retryAfterSeconds what {@code Retry-After} says
     * @param body the refusal's body; null to go on
     */
    record Verdict(long used, int status, long retryAfterSeconds, @Nullable String body) {}

    private static final class Usage {
        private long minute = Long.MIN_VALUE;
        private long weight;
        private long rawWindow = Long.MIN_VALUE;
        private long requests;
        private int refusals;
        private int bans;
        private Instant bannedUntil = Instant.EPOCH;
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
            return banned(usage, now);
        }
        usage.weight += weight;
        usage.requests++;
        boolean heavy = usage.weight > limits.requestWeightPerMinute();
        boolean many = usage.requests > limits.rawRequestsPer5Minutes();
        if (!heavy && !many) {
            return new Verdict(usage.weight, 0, 0, null);
        }
        usage.refusals++;
        if (usage.refusals > limits.refusalsBeforeBan()) {
            Duration ban = limits.bans().get(Math.min(usage.bans, limits.bans().size() - 1));
            usage.bans++;
            usage.refusals = 0;
            usage.bannedUntil = now.plus(ban);
            return banned(usage, now);
        }
        long window = heavy ? WEIGHT_WINDOW_SECONDS : RAW_WINDOW_SECONDS;
        return new Verdict(
                usage.weight,
                429,
                window - second % window,
                heavy
                        ? "{\"code\":-1003,\"msg\":\"Too much request weight used; current limit is"
                                + " "
                                + limits.requestWeightPerMinute()
                                + " request weight per 1 MINUTE. Please use WebSocket Streams for"
                                + " live updates to avoid polling the API.\"}"
                        : "{\"code\":-1003,\"msg\":\"Too many requests queued.\"}");
    }

    private static Verdict banned(Usage usage, Instant now) {
        long millis = Duration.between(now, usage.bannedUntil).toMillis();
        return new Verdict(
                usage.weight,
                418,
                Math.max(1, Math.ceilDiv(millis, 1_000L)),
                "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until "
                        + usage.bannedUntil.toEpochMilli()
                        + ". Please use WebSocket Streams for live updates to avoid bans.\"}");
    }
}
