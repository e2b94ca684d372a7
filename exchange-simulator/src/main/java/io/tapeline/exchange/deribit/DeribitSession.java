package io.tapeline.exchange.deribit;

import io.tapeline.exchange.deribit.RpcOutcome.Failure;
import io.tapeline.exchange.deribit.RpcOutcome.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one client has asked for on its socket: channels and heartbeats (EXCHANGES B). */
final class DeribitSession {

    private final DeribitServer server;
    private final Set<String> channels = ConcurrentHashMap.newKeySet();
    private final Object beating = new Object();
    private @Nullable Heartbeat heartbeat;

    DeribitSession(DeribitServer server) {
        this.server = server;
    }

    boolean isSubscribed(String channel) {
        return channels.contains(channel);
    }

    /** No channel is followed any more. */
    void leave() {
        channels.clear();
    }

    /** What its heartbeat demands; one that was not answered demands nothing more after that. */
    Heartbeat.Due due(Instant now) {
        synchronized (beating) {
            Heartbeat current = heartbeat;
            Heartbeat.Due due = current == null ? Heartbeat.Due.NOTHING : current.due(now);
            if (due == Heartbeat.Due.UNANSWERED) {
                heartbeat = null;
            }
            return due;
        }
    }

    RpcOutcome call(String method, JsonNode params, Instant now) {
        return switch (method) {
            case "public/subscribe" -> channels(params, true);
            case "public/unsubscribe" -> channels(params, false);
            case "public/unsubscribe_all" -> {
                channels.clear();
                yield RpcOutcome.ofText("ok");
            }
            case "public/set_heartbeat" -> setHeartbeat(params, now);
            case "public/disable_heartbeat" -> {
                synchronized (beating) {
                    heartbeat = null;
                }
                yield RpcOutcome.ofText("ok");
            }
            case "public/test" -> {
                synchronized (beating) {
                    Heartbeat current = heartbeat;
                    if (current != null) {
                        current.answered();
                    }
                }
                yield server.call(method, params, now);
            }
            default -> server.call(method, params, now);
        };
    }

    /** Channels that do not exist are left out of the result, silently. */
    private RpcOutcome channels(JsonNode params, boolean wanted) {
        JsonNode names = params.path("channels");
        if (!names.isArray() || names.isEmpty()) {
            return new Failure(RpcError.INVALID_PARAMS, "channels", "must be a list of channels");
        }
        List<String> done = new ArrayList<>();
        for (JsonNode name : names) {
            if (!name.isString()) {
                return new Failure(RpcError.INVALID_PARAMS, "channels", "must be strings");
            }
            if (wanted
                    ? server.hasChannel(name.stringValue())
                    : channels.contains(name.stringValue())) {
                done.add(name.stringValue());
            }
        }
        if (wanted) {
            channels.addAll(done);
        } else {
            done.forEach(channels::remove);
        }
        return new Result(RpcOutcome.JSON.writeValueAsString(done));
    }

    private RpcOutcome setHeartbeat(JsonNode params, Instant now) {
        JsonNode interval = params.path("interval");
        if (!interval.isIntegralNumber()) {
            return new Failure(RpcError.INVALID_PARAMS, "interval", "must be a number of seconds");
        }
        DeribitLimits limits = server.rules().limits();
        long seconds = interval.longValue();
        if (seconds < limits.leastHeartbeatSeconds() || seconds > Integer.MAX_VALUE) {
            return new Failure(
                    RpcError.INVALID_ARGUMENTS,
                    "interval",
                    "must be at least " + limits.leastHeartbeatSeconds());
        }
        synchronized (beating) {
            heartbeat = new Heartbeat(limits.heartbeatSecond().multipliedBy(seconds), now);
        }
        return RpcOutcome.ofText("ok");
    }
}
