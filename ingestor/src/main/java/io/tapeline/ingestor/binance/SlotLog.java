package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says and counts what befalls a connection. */
final class SlotLog {

    private static final Logger log = LoggerFactory.getLogger(BinanceConnection.class);

    private final String connection;
    private final IngestorCounters counters;

    SlotLog(String connection, IngestorCounters counters) {
        this.connection = connection;
        this.counters = counters;
    }

    void serverShutdown() {
        log.atInfo()
                .addKeyValue("connection", connection)
                .log("the server says that it is about to shut down");
    }

    void note(Note note) {
        switch (note) {
            case Note.Opened(long session) -> {
                counters.increment(Count.CONNECTED);
                log.atInfo()
                        .addKeyValue("connection", connection)
                        .addKeyValue("session", session)
                        .log("connected");
            }
            case Note.Lost(String reason, int failures, Duration retryAfter) -> {
                counters.increment(Count.DISCONNECTED);
                log.atWarn()
                        .addKeyValue("connection", connection)
                        .addKeyValue("reason", reason)
                        .addKeyValue("failures", failures)
                        .addKeyValue("retry_ms", retryAfter.toMillis())
                        .log("connection lost");
            }
            case Note.Postponed(Duration wait) ->
                    log.atWarn()
                            .addKeyValue("connection", connection)
                            .addKeyValue("wait", wait)
                            .log("no attempt to connect is allowed to this address now");
            case Note.ConnectRefused(int status, Duration pause) -> {
                counters.increment(Count.CONNECTS_REFUSED);
                log.atError()
                        .addKeyValue("connection", connection)
                        .addKeyValue("status", status)
                        .addKeyValue("pause", pause)
                        .log("the exchange refuses to be connected to");
            }
            case Note.Unanswered(long session, long id) ->
                    log.atWarn()
                            .addKeyValue("connection", connection)
                            .addKeyValue("session", session)
                            .addKeyValue("id", id)
                            .log("a message was not answered in time: connecting again");
            case Note.SubscriptionRefused(ControlAnswer.Refused answer, List<String> streams) -> {
                counters.add(Count.REFUSED, streams.size());
                log.atWarn()
                        .addKeyValue("connection", connection)
                        .addKeyValue("code", answer.code())
                        .addKeyValue("message", answer.message())
                        .addKeyValue("streams", streams)
                        .log("subscription refused");
            }
            case Note.ReplacementBegun(String why) ->
                    log.atInfo()
                            .addKeyValue("connection", connection)
                            .addKeyValue("why", why)
                            .log("another connection is to take over");
            case Note.Replaced(String why) -> {
                counters.increment(Count.REPLACED);
                log.atInfo()
                        .addKeyValue("connection", connection)
                        .addKeyValue("why", why)
                        .log("another connection has taken over");
            }
            case Note.ReplacementFailed(String why, String reason) -> {
                counters.increment(Count.REPLACEMENTS_FAILED);
                log.atWarn()
                        .addKeyValue("connection", connection)
                        .addKeyValue("why", why)
                        .addKeyValue("reason", reason)
                        .log("the connection that was to take over has failed");
            }
            case Note.Resubscribing(List<String> streams) ->
                    counters.add(Count.RESUBSCRIBED, streams.size());
            case Note.LeftOut(List<String> streams) -> {
                counters.add(Count.LEFT_OUT, streams.size());
                log.atWarn()
                        .addKeyValue("connection", connection)
                        .addKeyValue("streams", streams)
                        .log("streams were accepted and are not listed: they are subscribed anew");
            }
        }
    }
}
