package io.tapeline.ingestor.feed;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has been counted since the start. Two equations hold at rest:
 *
 * <pre>
 * FRAMES = events' frames + CONTROL + UNKNOWN + MALFORMED
 * EVENTS = PUBLISHED + DROPPED + FAILED + those still in the producer's buffer
 * </pre>
 */
public final class IngestorCounters {

    /** One thing that is counted. */
    public enum Count {
        /** Whole messages read from WebSockets. */
        FRAMES("frames.received"),
        /** Bytes of those messages. */
        FRAME_BYTES("frame.bytes.received"),
        /** Messages that answer ours. */
        CONTROL("control.messages.received"),
        /** Messages or array elements of streams or instruments that are not followed. */
        UNKNOWN("events.unknown"),
        /** Messages that are neither event nor answer. Alert when it grows. */
        MALFORMED("frames.malformed"),
        /** Events handed to the producer, of streams and of REST answers. */
        EVENTS("events.received"),
        /** Bytes of those events' payloads. */
        EVENT_BYTES("event.bytes.received"),
        /** Events that Kafka acknowledged. */
        PUBLISHED("events.published"),
        /** Events refused because the producer's buffer was full. Alert above 0. */
        DROPPED("events.dropped"),
        /** Events that Kafka did not acknowledge in time, or refused. Alert above 0. */
        FAILED("events.failed"),
        /** Entries written to the ledger of gaps. */
        GAPS("gaps.written"),
        /** Connections opened. */
        CONNECTED("connections.opened"),
        /** Connections lost, or never made. Alert when it grows faster than once a day a line. */
        DISCONNECTED("connections.lost"),
        /**
         * Attempts to connect that the exchange answered with an HTTP status of refusal; they are
         * among the connections lost. Alert above 0: the address may be banned.
         */
        CONNECTS_REFUSED("connections.refused"),
        /** Messages larger than is taken, each of which ended its connection. Alert above 0. */
        OVERSIZED("frames.oversized"),
        /** Connections of which others took over the streams before they were closed. */
        REPLACED("connections.replaced"),
        /** Attempts at taking over that failed; they are made again while the old one lives. */
        REPLACEMENTS_FAILED("connections.replacements.failed"),
        /** Streams silent for longer than is usual for them. */
        DOUBTED("streams.doubted"),
        /**
         * Doubts that ended well: an event came, or the exchange had nothing newer. DOUBTED =
         * DOUBTS_RESOLVED + STALLED + those not yet resolved or no longer wanted.
         */
        DOUBTS_RESOLVED("streams.doubts.resolved"),
        /** Streams that brought nothing though there was something. Alert above 0. */
        STALLED("streams.stalled"),
        /** Connections replaced because they, or several of their streams, were stalled. */
        STALLED_CONNECTIONS("connections.stalled"),
        /** Streams left and subscribed again because they were stalled. */
        RESUBSCRIBED("streams.resubscribed"),
        /** Subscriptions that the exchange refused. */
        REFUSED("subscriptions.refused"),
        /** Requests answered by the exchange's REST. */
        REST_ANSWERED("rest.answered"),
        /** Attempts that failed and were to be made again. */
        REST_RETRIED("rest.retried"),
        /** Requests given up after some attempts. */
        REST_FAILED("rest.failed"),
        /** Requests that the exchange understood and refused. */
        REST_REFUSED("rest.refused"),
        /** Requests for which there was no room in the queue. Alert above 0. */
        REST_OVERFLOWED("rest.overflowed"),
        /** Answers that say a limit is broken (429). Alert above 0. */
        REST_LIMITED("rest.limited"),
        /** Answers that say the address is banned (418). Alert above 0. */
        REST_BANNED("rest.banned"),
        /** Answers of a firewall (403). Alert above 0. */
        REST_BLOCKED("rest.blocked"),
        /** Pages of candles that bulk jobs asked for. */
        JOB_REQUESTS("jobs.requests"),
        /** Of those, the ones that failed or were refused; a job tries again, or tells them. */
        JOB_PIECES_FAILED("jobs.failed"),
        /** Requests of the resync topic that were taken. */
        RESYNCS("resync.accepted"),
        /** Requests of the resync topic that one under way already serves. */
        RESYNCS_COALESCED("resync.coalesced"),
        /** Requests of the resync topic that found the queue full. Alert above 0. */
        RESYNCS_DROPPED("resync.dropped"),
        /** Requests of the resync topic that were too old to be served. Alert when it grows. */
        RESYNCS_STALE("resync.stale"),
        /** Lapses of lines that were told to this process, which fetches for their instruments. */
        LAPSES("lapses.taken"),
        /** Lapses of which nothing is missing: another line, or owner, carried the stream. */
        CATCH_UPS_NEEDLESS("catchup.needless"),
        /** Fetches of what streams may have missed before they were subscribed. */
        CATCH_UPS("catchup.fetched"),
        /** Of those wanted, the ones that another fetch serves. */
        CATCH_UPS_COALESCED("catchup.coalesced"),
        /** Of those wanted, the ones that found the queue full. Alert above 0. */
        CATCH_UPS_DROPPED("catchup.dropped"),
        /** Those fetches that failed; they are made again unless the exchange refused. */
        CATCH_UPS_FAILED("catchup.failed");

        private final String meter;

        Count(String meter) {
            this.meter = meter;
        }

        /** As Micrometer names it; Prometheus makes {@code tapeline_ingestor_..._total} of it. */
        public String meter() {
            return "tapeline.ingestor." + meter;
        }

        /** As the status names it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final LongAdder[] adders = new LongAdder[Count.values().length];

    public IngestorCounters() {
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
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

    /** By id, in the order of the flow. */
    public Map<String, Long> snapshot() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Count count : Count.values()) {
            counts.put(count.id(), get(count));
        }
        return counts;
    }
}
