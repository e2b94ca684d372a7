package io.tapeline.ingestor.feed;

import io.tapeline.schemas.market.Venue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has been counted of one venue since the start. Two equations hold at rest:
 *
 * <pre>
 * MESSAGES = STREAM_EVENTS + CONTROL + UNKNOWN + MALFORMED
 * CALLS = CALLS_ANSWERED + CALLS_LIMITED + CALLS_REFUSED + CALLS_FAILED
 * </pre>
 */
public final class SourceCounters {

    /** One thing that is counted. */
    public enum Count {
        /** Whole messages read from sockets. */
        MESSAGES,
        /** Those of them that were events, and went to the raw topic. */
        STREAM_EVENTS,
        /** Answers to our requests, heartbeats. */
        CONTROL,
        /** Events of channels that are not followed. */
        UNKNOWN,
        /** Messages that could not be read. Alert above 0. */
        MALFORMED,
        /** Connections opened. */
        CONNECTED,
        /** Connections lost, given up, or never made. */
        DISCONNECTED,
        /** Channels that stood still while their connection lived. */
        STALLED,
        /** Channels or ids that the venue left out of its answer without a word. */
        OMITTED,
        /** Requests on a socket that were answered with an error. */
        REFUSED,
        /** Calls of REST that were made. */
        CALLS,
        /** Calls whose answer was what was asked for. */
        CALLS_ANSWERED,
        /** Calls refused because a limit was reached. Alert when it grows. */
        CALLS_LIMITED,
        /** Calls refused for good: key, plan, or parameter. Alert above 0. */
        CALLS_REFUSED,
        /** Calls that failed for reasons that pass. */
        CALLS_FAILED,
        /** Events cut from the answers, which went to the raw topic. */
        POLLED_EVENTS,
        /** Values that the venue gave as null. */
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
