package io.tapeline.ingestor;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.deribit.DeribitLine;
import io.tapeline.ingestor.deribit.DeribitSettings;
import io.tapeline.ingestor.deribit.IndexPolls;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.poll.HttpAsker;
import io.tapeline.ingestor.poll.Poller;
import io.tapeline.ingestor.share.InterruptionListener;
import io.tapeline.ingestor.share.Streaming;
import io.tapeline.ingestor.socket.JettySockets;
import io.tapeline.ingestor.socket.JettySockets.SocketLimits;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/** Deribit's indices: by lines of sockets, and by a poll each minute. */
final class DeribitFeed implements AutoCloseable {

    /** Far below what the credits allow: a connection costs 3,500 of them (EXCHANGES.md B). */
    private static final int ATTEMPTS = 30;

    private static final Duration ATTEMPTS_SPAN = Duration.ofMinutes(1);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final Duration SHORTEST_AWAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_AWAY = Duration.ofMinutes(10);

    private final Parts parts;
    private final List<Instrument> instruments;
    private final Map<String, DeribitLine> lines;
    private final Optional<IndexPolls> polls;
    private final SourceCounters counters;

    private DeribitFeed(
            Parts parts,
            List<Instrument> instruments,
            Map<String, DeribitLine> lines,
            Optional<IndexPolls> polls,
            SourceCounters counters) {
        this.parts = parts;
        this.instruments = instruments;
        this.lines = lines;
        this.polls = polls;
        this.counters = counters;
    }

    /**
     * Polls at once, and streams what it is told to {@link #follow}.
     *
     * @param held the instruments that this instance is to poll
     * @param listener hears of interruptions of the lines
     * @param scheduler of one thread, on which all decisions are made; stays the caller's
     */
    static DeribitFeed start(
            DeribitSettings settings,
            RawRoutes routes,
            Predicate<Instrument> held,
            InterruptionListener listener,
            ScheduledExecutorService scheduler,
            Clock clock) {
        Parts parts = new Parts();
        try {
            return start(parts, settings, routes, held, listener, scheduler, clock);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static DeribitFeed start(
            Parts parts,
            DeribitSettings settings,
            RawRoutes routes,
            Predicate<Instrument> held,
            InterruptionListener listener,
            ScheduledExecutorService scheduler,
            Clock clock) {
        SourceCounters counters = new SourceCounters(Venue.DERIBIT);
        SplittableRandom random = new SplittableRandom();
        Sockets sockets =
                parts.add(
                        "sockets",
                        JettySockets.start(
                                "deribit-socket",
                                new SocketLimits(
                                        settings.maxMessageBytes(),
                                        CONNECT_WITHIN,
                                        settings.silence()),
                                clock));
        ConnectionAttempts attempts = new ConnectionAttempts(ATTEMPTS, ATTEMPTS_SPAN);
        Map<String, DeribitLine> lines = new LinkedHashMap<>();
        for (String name : settings.lines()) {
            lines.put(
                    name,
                    parts.add(
                            "line " + name,
                            new DeribitLine(
                                    name,
                                    settings,
                                    sockets,
                                    attempts,
                                    new DeribitLine.Waits(soon(random), soon(random), late(random)),
                                    routes,
                                    listener,
                                    counters,
                                    scheduler)));
        }
        Optional<IndexPolls> polls =
                settings.restUrl()
                        .map(base ->
                                poll(
                                        parts, base, settings, routes, held, counters, random,
                                        scheduler, clock));
        return new DeribitFeed(parts, settings.instruments(), lines, polls, counters);
    }

    private static IndexPolls poll(
            Parts parts,
            URI base,
            DeribitSettings settings,
            RawRoutes routes,
            Predicate<Instrument> held,
            SourceCounters counters,
            SplittableRandom random,
            ScheduledExecutorService scheduler,
            Clock clock) {
        IndexPolls polls =
                new IndexPolls(
                        base,
                        settings.instruments(),
                        held,
                        soon(random),
                        late(random),
                        routes,
                        counters);
        HttpAsker http = parts.add("rest", new HttpAsker(settings.answerWithin(), clock));
        parts.add("polls", Poller.start("deribit/rest", polls, http, scheduler, clock));
        return polls;
    }

    private static Backoff soon(SplittableRandom random) {
        return new Backoff(SHORTEST_BACKOFF, LONGEST_BACKOFF, random.split());
    }

    private static Backoff late(SplittableRandom random) {
        return new Backoff(SHORTEST_AWAY, LONGEST_AWAY, random.split());
    }

    /** From now on the line streams these of the configured indices, and no others. */
    void follow(String line, Collection<Instrument> held) {
        line(line).follow(instruments.stream().filter(held::contains).toList());
    }

    /** How much of what the line is to follow it carries. */
    Streaming streaming(String line) {
        return line(line).streaming();
    }

    private DeribitLine line(String name) {
        DeribitLine line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException("deribit feed: line " + name + " is unknown");
        }
        return line;
    }

    SourceCounters counters() {
        return counters;
    }

    /** Names of its lines. */
    Set<String> lines() {
        return lines.keySet();
    }

    /** The lines, then the poll. */
    List<SourceState> states() {
        List<SourceState> states = new ArrayList<>();
        lines.values().forEach(line -> states.add(line.state()));
        polls.ifPresent(polled -> states.add(polled.state()));
        return states;
    }

    @Override
    public void close() {
        parts.close();
    }
}
