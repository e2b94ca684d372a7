package io.tapeline.exchange.stream;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.fault.AnswerFault;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.fault.SocketFault;
import io.tapeline.exchange.judge.Judge;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sockets, refuses those that the rules refuse, and looks after them while they live. */
public final class StreamServer implements WebSocketNegotiator, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);
    private static final int OUTPUT_BUFFER_BYTES = 64 * 1024;

    private final StreamHub hub;
    private final Limits limits;
    private final InstantSource clock;
    private final Judge judge;
    private final SocketFaults socketFaults;
    private final AnswerFaults answerFaults;
    private final Surroundings surroundings;
    private final Map<String, RecentMessages> connects = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final ScheduledExecutorService keeper;

    /**
     * @param mostFrames the length of each socket's queue
     */
    public StreamServer(
            StreamHub hub, Limits limits, InstantSource clock, Judge judge, int mostFrames) {
        this.hub = hub;
        this.limits = limits;
        this.clock = clock;
        this.judge = judge;
        this.socketFaults = new SocketFaults(hub);
        this.answerFaults = new AnswerFaults(hub);
        this.surroundings =
                new Surroundings(hub, limits, clock, judge, socketFaults, answerFaults, mostFrames);
        this.keeper =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("exchange-keeper").daemon(true).factory());
        Duration shortest =
                limits.pingEvery().compareTo(limits.lifetime()) < 0
                        ? limits.pingEvery()
                        : limits.lifetime();
        long every = Math.clamp(shortest.toMillis() / 4, 10L, 1_000L);
        var unused =
                keeper.scheduleWithFixedDelay(this::keepAll, every, every, TimeUnit.MILLISECONDS);
    }

    /** Where connections as a whole go wrong. */
    public FaultSite<SocketFault> socketFaults() {
        return socketFaults;
    }

    /** Where answers go wrong. */
    public FaultSite<AnswerFault> answerFaults() {
        return answerFaults;
    }

    private void keepAll() {
        Instant now = clock.instant();
        for (Connection connection : hub.open()) {
            try {
                connection.keep(now);
            } catch (RuntimeException e) {
                // One connection's trouble must not end the care for the others.
                LOG.atError().setCause(e).log("Keeping a connection failed");
            }
        }
    }

    @Override
    public @Nullable FrameHandler negotiate(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String remote = host(request.getConnectionMetaData().getRemoteSocketAddress());
        judge.connect(remote, clock.instant());
        OptionalInt refused = socketFaults.refusal(remote);
        if (refused.isPresent()) {
            return refuse(response, callback, refused.getAsInt(), "");
        }
        if (!mayConnect(remote)) {
            return refuse(response, callback, HttpStatus.TOO_MANY_REQUESTS_429, "");
        }
        StreamRequest.Parsed parsed =
                StreamRequest.parse(
                        request.getHttpURI().getPath(), request.getHttpURI().getQuery());
        StreamRequest wanted = parsed.request();
        if (wanted == null) {
            StreamRequest.Refusal refusal = parsed.refusal();
            return refuse(
                    response,
                    callback,
                    refusal == null ? HttpStatus.NOT_FOUND_404 : HttpStatus.BAD_REQUEST_400,
                    refusal == null ? "" : refusal.body());
        }
        long id = ids.incrementAndGet();
        judge.streams(id, remote, wanted.streams().size(), clock.instant());
        if (wanted.streams().size() > limits.streamsPerConnection()) {
            return refuse(
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    ControlMessage.invalid("too many parameters").answer());
        }
        return new Connection(
                id,
                surroundings,
                wanted,
                remote,
                new Transport(request.getConnectionMetaData().getConnection().getEndPoint()));
    }

    /** 300 attempts per five minutes and address (A.2). */
    private boolean mayConnect(String remote) {
        RecentMessages attempts =
                connects.computeIfAbsent(
                        remote,
                        r ->
                                new RecentMessages(
                                        limits.connectsPerWindow(), limits.connectWindow()));
        synchronized (attempts) {
            return attempts.allows(clock.instant());
        }
    }

    private static @Nullable FrameHandler refuse(
            ServerUpgradeResponse response, Callback callback, int status, String body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=UTF-8");
        Content.Sink.write(response, true, body, callback);
        return null;
    }

    private static String host(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getHostString()
                : address.toString();
    }

    @Override
    public void customize(Configuration configuration) {
        configuration.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
        configuration.setAutoFragment(false);
        configuration.setMaxFrameSize(0);
        configuration.setIdleTimeout(Duration.ZERO);
    }

    /** Closes every socket. */
    @Override
    public void close() {
        keeper.shutdownNow();
        hub.open().forEach(connection -> connection.close(CloseStatus.SHUTDOWN, "going away"));
    }
}
