package io.tapeline.exchange.deribit;

import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.exchange.venue.VenueBreaches;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;

/**
 * Deribit, as far as index prices go, and its faults. What it published is in the ledger under the
 * channels' names: the notifications' {@code data}. Thread-safe.
 */
public final class SimulatedDeribit implements AutoCloseable {

    /** Where the socket is. */
    public static final String SOCKET_PATH = "/ws/api/v2";

    /** The base to which {@code /public/...} is appended. */
    public static final String REST_PATH = "/api/v2";

    private final IndexPrices prices;
    private final DeribitFaults faults = new DeribitFaults();
    private final DeribitServer server;

    /**
     * @param seed the same gives the same prices at the same times
     */
    public SimulatedDeribit(
            long seed,
            DeribitLimits limits,
            Ledger ledger,
            VenueBreaches breaches,
            InstantSource clock) {
        this.prices = new IndexPrices(seed);
        this.server =
                new DeribitServer(
                        prices, new DeribitRules(limits, clock, breaches), faults, ledger, clock);
    }

    /** Opens the sockets of {@link #SOCKET_PATH}. */
    public WebSocketNegotiator sockets() {
        return server;
    }

    /** Answers what is under {@link #REST_PATH}. */
    public Handler http() {
        return new DeribitHttpHandler(server);
    }

    /** The indices there are. */
    public List<String> indices() {
        return prices.names();
    }

    /** How many sockets are open. */
    public int connections() {
        return server.open().size();
    }

    /** Closes every socket in order. */
    public void closeSockets() {
        server.open().forEach(connection -> connection.close(CloseStatus.SERVER_ERROR, "fault"));
    }

    /** Drops every socket without a close frame. */
    public void dropSockets() {
        server.open().forEach(DeribitConnection::abort);
    }

    /** The sockets that are open now stay so, and neither read nor write again. */
    public void halfOpen() {
        server.open().forEach(DeribitConnection::playDead);
    }

    /**
     * The channels that pass are silent; heartbeats and answers go on. Replaces what was before.
     */
    public void stall(Predicate<String> channels) {
        faults.stall(channels);
    }

    /** New sockets are refused with HTTP 503 whenever this is so. */
    public void refuse(BooleanSupplier now) {
        faults.refuse(now);
    }

    /** Calls are answered with 11051 whenever this is so. */
    public void maintenance(BooleanSupplier now) {
        faults.maintain(now);
    }

    /** Heartbeats and test requests stay away whenever this is so. */
    public void withoutHeartbeats(BooleanSupplier now) {
        faults.silenceHeartbeats(now);
    }

    @Override
    public void close() {
        server.close();
    }
}
