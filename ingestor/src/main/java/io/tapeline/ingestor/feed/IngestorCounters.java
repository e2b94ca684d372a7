package io.tapeline.ingestor.feed;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has been counted since the start. What each belongs to holds at rest:
 *
 * <pre>
 * FRAMES = frames of followed streams + CONTROL + UNKNOWN + MALFORMED
 * EVENTS = PUBLISHED + DROPPED + FAILED + those still in the producer's buffer
 * CONNECTED + attempts that never opened
 *     = DISCONNECTED + REPLACED + those open + those closed since nothing was wanted of them
 * DOUBTED = DOUBTS_RESOLVED + STALLED + those silent together on STALLED_CONNECTIONS
 *     + those not yet resolved or no longer wanted
 * REST_ANSWERED = good answers + REST_REFUSED + REST_LIMITED + REST_BANNED + REST_BLOCKED
 *     + answers of a failing exchange
 * urgent requests of the resync topic = RESYNCS + RESYNCS_COALESCED + RESYNCS_DROPPED
 *     + RESYNCS_STALE + those of instruments that are not streamed
 * </pre>
 *
 * <p>With a stream of all instruments the first counts more on its right: UNKNOWN and MALFORMED
 * then count elements of a frame.
 */
public final class IngestorCounters {

    /** One thing that is counted. */
    public enum Count {
        /**
         * Whole messages read from WebSockets; the whole of the first equation. Alert when it
         * stands still while instruments are streamed.
         */
        FRAMES("frames.received", "Whole messages read from WebSockets"),
        /** Bytes of FRAMES. No alert. */
        FRAME_BYTES("frame.bytes", "Bytes of the messages read from WebSockets"),
        /** Of FRAMES, those that answer ours or announce a shutdown. No alert. */
        CONTROL("control.messages.received", "Messages that answer ours or announce a shutdown"),
        /**
         * Of FRAMES, or elements of them, those of streams or instruments that are not followed:
         * the last ones of a stream that was left. Alert when it grows for long.
         */
        UNKNOWN(
                "events.unknown",
                "Messages, or elements of them, of streams that are not followed"),
        /**
         * Of FRAMES, or elements of them, those that are neither event nor answer. Alert above 0.
         */
        MALFORMED(
                "frames.malformed",
                "Messages, or elements of them, that are neither event nor answer"),
        /**
         * Events handed to the producer, of streams and of REST answers; the whole of the second
         * equation.
         */
        EVENTS(
                "events.received",
                "Events of streams and of REST handed to the producer: published, dropped, failed,"
                        + " or still in its buffer"),
        /** Bytes of the payloads of EVENTS. No alert. */
        EVENT_BYTES("event.bytes", "Bytes of the payloads of events handed to the producer"),
        /** Of EVENTS, those that Kafka acknowledged. Alert when EVENTS grow and it does not. */
        PUBLISHED("events.published", "Events that Kafka acknowledged"),
        /** Of EVENTS, those refused because the producer's buffer was full. Alert above 0. */
        DROPPED("events.dropped", "Events lost because the producer's buffer was full"),
        /** Of EVENTS, those that Kafka did not acknowledge in time, or refused. Alert above 0. */
        FAILED(
                "events.failed",
                "Events lost because Kafka did not acknowledge them in time, or refused them"),
        /**
         * Entries that this process wrote to the ledger of gaps: one for a run of DROPPED or
         * FAILED, one for each span of tickers that no line carried. Alert above 0.
         */
        GAPS("gaps.written", "Entries that this process wrote to the ledger of gaps"),
        /**
         * Of GAPS, those of candles that are closed unfilled since too many wait to be fetched.
         * Alert above 0.
         */
        REFILLS_DROPPED(
                "gaps.refills.dropped",
                "Entries of the ledger of gaps, of candles, closed unfilled since too many waited"
                        + " to be fetched"),
        /**
         * Memberships of groups, and the reader of the registry, that ended though nobody told them
         * to; the process's health is down from then on. Alert above 0.
         */
        PARTS_FAILED(
                "parts.failed",
                "Memberships of groups and readers that ended by themselves; the process's health"
                        + " is down from then on"),
        /** Connections opened; each ends in one of the terms of its equation. No alert. */
        CONNECTED("connections.opened", "Connections opened"),
        /**
         * Connections lost, or never made, CONNECTS_REFUSED and REPLACEMENTS_FAILED among them.
         * Alert when it grows faster than once a day a line.
         */
        DISCONNECTED("connections.lost", "Connections lost, or never made"),
        /**
         * Of DISCONNECTED, the attempts that the exchange answered with an HTTP status of refusal.
         * Alert above 0: the address may be banned.
         */
        CONNECTS_REFUSED(
                "connections.refused",
                "Attempts to connect that the exchange refused with an HTTP status"),
        /**
         * Messages larger than is taken, each of which ended its connection and is not among
         * FRAMES. Alert above 0.
         */
        OVERSIZED(
                "frames.oversized",
                "Messages larger than is taken, each of which ended its connection"),
        /**
         * Connections of which others took over the streams before they were closed, without an
         * interruption: not among DISCONNECTED. Once a day a connection is usual; alert when it
         * grows faster.
         */
        REPLACED(
                "connections.replaced",
                "Connections of which others took over the streams without an interruption"),
        /**
         * Of DISCONNECTED, those that were to take over: they are made again while the old one
         * lives. Alert when it grows.
         */
        REPLACEMENTS_FAILED(
                "connections.replacements.failed",
                "Connections lost that were to take over from others"),
        /**
         * Streams silent for longer than is usual for them; the whole of its equation. No alert:
         * quiet instruments are doubted often.
         */
        DOUBTED("streams.doubted", "Streams silent for longer than is usual for them"),
        /**
         * Of DOUBTED, those that ended well: an event came, or the exchange had nothing newer. No
         * alert.
         */
        DOUBTS_RESOLVED(
                "streams.doubts.resolved",
                "Silent streams that went on, or of which the exchange had nothing newer"),
        /** Of DOUBTED, those that brought nothing though there was something. Alert above 0. */
        STALLED(
                "streams.stalled",
                "Silent streams that brought nothing though there was something"),
        /**
         * Connections replaced because they, or several of their streams, were stalled; of REPLACED
         * once another has taken over. Alert above 0.
         */
        STALLED_CONNECTIONS(
                "connections.stalled",
                "Connections replaced because they, or several of their streams, were stalled"),
        /**
         * Of STALLED, those left and subscribed again where they were; the others went with their
         * connection. Alert with STALLED.
         */
        RESUBSCRIBED("streams.resubscribed", "Stalled streams that were left and subscribed again"),
        /**
         * Streams that the exchange accepted and left out of its list of what the connection
         * carries, asked for again at once: one for each time, at most twice in a row; what is left
         * out a third time is believed, and comes to be among DOUBTED if it does not begin. Alert
         * when it grows for long.
         */
        LEFT_OUT(
                "streams.left.out",
                "Streams that the exchange accepted and left out of its list of what the connection"
                        + " carries"),
        /**
         * Streams of which the exchange refused the subscription, counted each time; each is asked
         * for again after some minutes. Alert above 0.
         */
        REFUSED("subscriptions.refused", "Streams of which the exchange refused the subscription"),
        /** Answers of REST, whatever their status; the whole of its equation. No alert. */
        REST_ANSWERED("rest.answered", "Answers of REST, whatever their status"),
        /**
         * Attempts that failed, or were not looked at, and were to be made again. Alert when it
         * grows for long.
         */
        REST_RETRIED("rest.retried", "Attempts of REST requests that are made again"),
        /** Requests given up after some attempts. Alert when it grows. */
        REST_FAILED("rest.failed", "REST requests given up after some attempts"),
        /**
         * Of REST_ANSWERED, those that understood the request and refused it. Alert when it grows.
         */
        REST_REFUSED("rest.refused", "Answers of REST that understood the request and refused it"),
        /** Requests for which there was no room in the queue: none was sent. Alert above 0. */
        REST_OVERFLOWED(
                "rest.overflowed", "REST requests for which there was no room in the queue"),
        /** Of REST_ANSWERED, those that say a limit is broken (429). Alert above 0. */
        REST_LIMITED("rest.limited", "Answers of REST that say a limit is broken (429)"),
        /** Of REST_ANSWERED, those that say the address is banned (418). Alert above 0. */
        REST_BANNED("rest.banned", "Answers of REST that say the address is banned (418)"),
        /** Of REST_ANSWERED, those of a firewall (403). Alert above 0. */
        REST_BLOCKED("rest.blocked", "Answers of REST of a firewall (403)"),
        /** Pages of candles that bulk jobs asked for, JOB_PIECES_FAILED among them. No alert. */
        JOB_REQUESTS("jobs.requests", "Pages of candles that bulk jobs asked for"),
        /**
         * Of JOB_REQUESTS, the ones that failed or were refused; a job tries again, or tells them.
         * Alert when it grows for long.
         */
        JOB_PIECES_FAILED("jobs.failed", "Pages of candles that bulk jobs asked for in vain"),
        /**
         * Urgent requests of the resync topic that were taken. Alert when it grows faster than
         * connections are lost.
         */
        RESYNCS("resync.accepted", "Urgent requests of the resync topic that were taken"),
        /** Urgent requests of the resync topic that one under way already serves. No alert. */
        RESYNCS_COALESCED(
                "resync.coalesced",
                "Urgent requests of the resync topic that one under way already serves"),
        /** Urgent requests of the resync topic that found the queue full. Alert above 0. */
        RESYNCS_DROPPED(
                "resync.dropped", "Urgent requests of the resync topic that found the queue full"),
        /**
         * Requests of the resync topic, urgent ones and lapses, that were too old to be served.
         * Alert when it grows.
         */
        RESYNCS_STALE(
                "resync.stale", "Requests of the resync topic that were too old to be served"),
        /**
         * Lapses of lines that were told to this process, which fetches for their instruments: each
         * is needless, or wants to be caught up with. No alert.
         */
        LAPSES(
                "lapses.taken",
                "Interruptions of lines that this process was told of, to fetch what is missing"),
        /**
         * Of LAPSES, and of those that others have seen to, the ones for which there was no room in
         * memory: another line's may be taken as carried in them, and what both lacked go
         * unnoticed. Alert above 0.
         */
        LAPSES_FORGOTTEN(
                "lapses.forgotten", "Interruptions of lines for which there was no room in memory"),
        /**
         * Of LAPSES, and of those that need not even be told, the ones of which nothing is missing:
         * another line, or owner, carried the stream. No alert.
         */
        CATCH_UPS_NEEDLESS(
                "catchup.needless",
                "Interruptions of lines of which nothing is missing, for another line carried the"
                        + " stream"),
        /** Fetches begun of what no line carried, CATCH_UPS_FAILED among them. No alert. */
        CATCH_UPS("catchup.fetched", "Fetches begun of what no line carried"),
        /** Of those wanted, the ones that another fetch serves. No alert. */
        CATCH_UPS_COALESCED("catchup.coalesced", "Fetches wanted that another one serves"),
        /**
         * Of those wanted, the ones that found the queue full, here or on the way to the resync
         * topic. Alert above 0.
         */
        CATCH_UPS_DROPPED("catchup.dropped", "Fetches wanted that found the queue full"),
        /**
         * Of CATCH_UPS, those that failed; they are made again unless the exchange refused. Alert
         * when it grows.
         */
        CATCH_UPS_FAILED("catchup.failed", "Fetches of what no line carried that failed");

        private final String meter;
        private final String description;

        Count(String meter, String description) {
            this.meter = meter;
            this.description = description;
        }

        /** As Micrometer names it; Prometheus makes {@code tapeline_ingestor_..._total} of it. */
        public String meter() {
            return "tapeline.ingestor." + meter;
        }

        /** What it counts, in a sentence, for those who see the meter alone. */
        public String description() {
            return description;
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
