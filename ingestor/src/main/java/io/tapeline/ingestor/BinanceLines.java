package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.binance.StreamWatch;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Lifetime;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.share.Streaming;
import io.tapeline.ingestor.socket.JettySockets;
import io.tapeline.ingestor.socket.JettySockets.SocketLimits;
import io.tapeline.ingestor.watchdog.Inquiry;
import io.tapeline.schemas.market.Venue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;

/** Binance's lines, the sockets that they share, and the watch over them. */
final class BinanceLines implements AutoCloseable {

    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(250);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration ATTEMPTS_SPAN = Duration.ofMinutes(5);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final Parts parts;
    private final List<BinanceLine> lines;

    private BinanceLines(Parts parts, List<BinanceLine> lines) {
        this.parts = parts;
        this.lines = List.copyOf(lines);
    }

    /**
     * Each line streams what its share says.
     *
     * @param inquiry asks the exchange about streams that are silent
     * @param scheduler of one thread, on which all decisions are made; stays the caller's
     */
    static BinanceLines start(
            BinanceSettings settings,
            Shares shares,
            Inquiry inquiry,
            RawRoutes routes,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            SplittableRandom random,
            Clock clock) {
        Parts parts = new Parts();
        try {
            return start(
                    parts, settings, shares, inquiry, routes, counters, scheduler, random, clock);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static BinanceLines start(
            Parts parts,
            BinanceSettings settings,
            Shares shares,
            Inquiry inquiry,
            RawRoutes routes,
            IngestorCounters counters,
            ScheduledExecutorService scheduler,
            SplittableRandom random,
            Clock clock) {
        Sockets sockets =
                parts.add(
                        "sockets",
                        JettySockets.start(
                                "binance-socket",
                                new SocketLimits(
                                        settings.maxMessageBytes(),
                                        CONNECT_WITHIN,
                                        settings.silence()),
                                clock));
        ConnectionAttempts attempts =
                new ConnectionAttempts(settings.attemptsPerFiveMinutes(), ATTEMPTS_SPAN);
        List<BinanceLine> lines = new ArrayList<>();
        for (String name : settings.lines()) {
            BinanceLine line =
                    parts.add(
                            "line " + name,
                            new BinanceLine(
                                    name,
                                    settings.line(),
                                    sockets,
                                    attempts,
                                    new Backoff(SHORTEST_BACKOFF, LONGEST_BACKOFF, random.split()),
                                    new Lifetime(settings.line().replaceAfter(), random.split()),
                                    routes,
                                    shares.lapses(),
                                    counters,
                                    scheduler));
            shares.line(name).listen(Venue.BINANCE, line::follow, () -> streaming(line.state()));
            lines.add(line);
        }
        parts.add(
                "watch",
                StreamWatch.start(settings.watchdog(), lines, inquiry, counters, scheduler));
        return new BinanceLines(parts, lines);
    }

    private static Streaming streaming(BinanceLine.State state) {
        return state.subscribed() + state.refused() >= state.wanted()
                ? Streaming.ALL
                : Streaming.NOT_ALL;
    }

    List<BinanceLine.State> states() {
        return lines.stream().map(BinanceLine::state).toList();
    }

    /** The watch ends first, then the streams. */
    @Override
    public void close() {
        parts.close();
    }
}
