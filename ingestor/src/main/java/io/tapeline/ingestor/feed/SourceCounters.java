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
        MESSAGES("Whole messages read from sockets"),
        /** Of MESSAGES, the events, which went to the raw topic. Alert as for MESSAGES. */
        STREAM_EVENTS("Messages that are events and went to the raw topic"),
        /** Of MESSAGES, the answers to our requests and the heartbeats. No alert. */
        CONTROL("Messages that answer our requests, and heartbeats"),
        /**
         * Of MESSAGES, the events of channels that are not followed. Alert when it grows for long.
         */
        UNKNOWN("Messages that are events of channels that are not followed"),
        /** Of MESSAGES, those that could not be read. Alert above 0. */
        MALFORMED("Messages that could not be read"),
        /** Connections opened. No alert. */
        CONNECTED("Connections opened"),
        /**
         * Connections lost, given up, or never made. Alert when it grows faster than once a day a
         * line.
         */
        DISCONNECTED("Connections lost, given up, or never made"),
        /**
         * Channels that stood still while their connection lived, and were subscribed anew. Alert
         * when it grows.
         */
        STALLED("Channels that stood still while their connection lived, and were subscribed anew"),
        /**
         * Channels or ids that the venue left out of its answer without a word: no such index or
         * coin. Alert above 0.
         */
        OMITTED("Channels or ids that the venue left out of its answer without a word"),
        /** Requests on a socket that were answered with an error. Alert when it grows. */
        REFUSED("Requests on a socket that were answered with an error"),
        /** Calls of REST that were made; the whole of the second equation. No alert. */
        CALLS("Calls of REST that were made"),
        /**
         * Of CALLS, those whose answer was what was asked for. Alert when CALLS grow and it does
         * not.
         */
        CALLS_ANSWERED("Calls whose answer was what was asked for"),
        /** Of CALLS, those refused because a limit was reached. Alert when it grows. */
        CALLS_LIMITED("Calls refused because a limit was reached"),
        /** Of CALLS, those refused for good: key, plan, or parameter. Alert above 0. */
        CALLS_REFUSED("Calls refused for good: key, plan, or parameter"),
        /** Of CALLS, those that failed for reasons that pass. Alert when it grows for long. */
        CALLS_FAILED("Calls that failed for reasons that pass"),
        /** Events cut from CALLS_ANSWERED, which went to the raw topic. No alert. */
        POLLED_EVENTS("Events cut from answers, which went to the raw topic"),
        /** Values that the venue gave as null, and that are no events. Alert when it grows. */
        NULLS("Values that the venue gave as null"),
        /** Minutes of an index for which no call was answered. Alert when it grows. */
        MINUTES_MISSED("Minutes of an index for which no call was answered");

        private final String description;

        Count(String description) {
            this.description = description;
        }

        /** What it counts, in a sentence, for those who see the meter alone. */
        public String description() {
            return description;
        }

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
