package io.tapeline.ingestor.feed;

import io.tapeline.schemas.market.Venue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has been counted of one venue since the start. Two equations hold:
 *
 * <pre>
 * MESSAGES = STREAM_EVENTS + CONTROL + UNKNOWN + MALFORMED
 * CALLS = CALLS_ANSWERED + CALLS_LIMITED + CALLS_REFUSED + CALLS_FAILED + the one under way
 * </pre>
 */
public final class SourceCounters {

    /** One thing that is counted. */
    public enum Count {
        /**
         * Whole messages read from sockets; the whole of the first equation. Alert when it stands
         * still while something is wanted of a socket.
         */
        MESSAGES,
        /** Of MESSAGES, the events, which went to the raw topic. Alert as for MESSAGES. */
        STREAM_EVENTS,
        /** Of MESSAGES, the answers to our requests and the heartbeats. No alert. */
        CONTROL,
        /**
         * Of MESSAGES, the events of channels that are not followed. Alert when it grows for long.
         */
        UNKNOWN,
        /** Of MESSAGES, those that could not be read. Alert above 0. */
        MALFORMED,
        /** Connections opened. No alert. */
        CONNECTED,
        /**
         * Connections lost, given up, or never made. Alert when it grows faster than once a day a
         * line.
         */
        DISCONNECTED,
        /**
         * Channels that stood still while their connection lived, and were subscribed anew. Alert
         * when it grows.
         */
        STALLED,
        /**
         * Channels or ids that the venue left out of its answer without a word: no such index or
         * coin. Alert above 0.
         */
        OMITTED,
        /** Requests on a socket that were answered with an error. Alert when it grows. */
        REFUSED,
        /** Calls of REST that were made; the whole of the second equation. No alert. */
        CALLS,
        /**
         * Of CALLS, those whose answer was what was asked for. Alert when CALLS grow and it does
         * not.
         */
        CALLS_ANSWERED,
        /** Of CALLS, those refused because a limit was reached. Alert when it grows. */
        CALLS_LIMITED,
        /** Of CALLS, those refused for good: key, plan, or parameter. Alert above 0. */
        CALLS_REFUSED,
        /** Of CALLS, those that failed for reasons that pass. Alert when it grows for long. */
        CALLS_FAILED,
        /** Events cut from CALLS_ANSWERED, which went to the raw topic. No alert. */
        POLLED_EVENTS,
        /** Values that the venue gave as null, and that are no events. Alert when it grows. */
        NULLS,
        /** Minutes of an index for which no call was answered. Alert when it grows. */
        MINUTES_MISSED;

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As Micrometer names it; its tag {@code venue} says whose. */
        public String meter() {
            return "tapeline.ingestor.source." + id().replace('_', '.');
        }
    }

    private final Venue venue;
    private final LongAdder[] adders = new LongAdder[Count.values().length];

    public SourceCounters(Venue venue) {
        this.venue = venue;
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
    }

    public Venue venue() {
        return venue;
    }

    public void increment(Count count) {
        adders[count.ordinal()].increment();
    }

    public void add(Count count, long amount) {
        adders[count.ordinal()].add(amount);
    }

    public long get(Count count) {
        return adders[count.ordinal()].sum();
    }

    /** By names that begin with the venue's: {@code deribit_messages}. */
    public Map<String, Long> snapshot() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Count count : Count.values()) {
            counts.put(venue.id() + "_" + count.id(), get(count));
        }
        return counts;
    }
}
