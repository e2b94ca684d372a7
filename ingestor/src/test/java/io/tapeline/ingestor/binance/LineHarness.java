package io.tapeline.ingestor.binance;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Lifetime;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.EventSpan;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestSettings;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.ingestor.socket.JettySockets;
import io.tapeline.ingestor.watchdog.WatchdogSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Lines against an exchange without Kafka: what they bring is remembered. */
final class LineHarness implements AutoCloseable, RawRoutes {

    /** Told by a line. */
    record Told(String line, Set<String> streams, Interruption interruption) {}

    final IngestorCounters counters = new IngestorCounters();
    final List<Told> told = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> received = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> inOrder = new ConcurrentHashMap<>();
    private final SplittableRandom random = new SplittableRandom();
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("decisions").factory());
    private final JettySockets sockets;
    private final ConnectionAttempts attempts;
    private final List<AutoCloseable> parts = new ArrayList<>();

    LineHarness(JettySockets.SocketLimits limits) {
        sockets = JettySockets.start("test-socket", limits, Clock.systemUTC());
        attempts = new ConnectionAttempts(240, Duration.ofMinutes(5));
    }

    LineHarness() {
        this(
                new JettySockets.SocketLimits(
                        16 << 20, Duration.ofSeconds(10), Duration.ofSeconds(65)));
    }

    BinanceLine line(String name, LineSettings settings) {
        BinanceLine line =
                new BinanceLine(
                        name,
                        settings,
                        sockets,
                        attempts,
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), random.split()),
                        new Lifetime(settings.replaceAfter(), random.split()),
                        this,
                        (of, streams, interruption) ->
                                told.add(
                                        new Told(
                                                of,
                                                names(settings.types(), streams),
                                                interruption)),
                        counters,
                        scheduler);
        parts.add(line);
        return line;
    }

    void watch(WatchdogSettings settings, URI restUrl, BinanceLine... lines) {
        RestClient rest =
                RestClient.start(
                        RestSettings.ofDefaults(restUrl, ExchangeTimeUnit.MILLISECONDS),
                        Clock.systemUTC(),
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), random.split()),
                        counters);
        parts.add(rest);
        parts.add(
                StreamWatch.start(
                        settings, List.of(lines), new RestInquiry(rest), counters, scheduler));
    }

    static LineSettings settings(URI wsUrl, List<String> types, int perConnection) {
        return new LineSettings(
                wsUrl,
                types.stream().map(StreamType::of).toList(),
                ExchangeTimeUnit.MILLISECONDS,
                perConnection,
                200,
                Duration.ofMillis(250),
                Duration.ofSeconds(10),
                Duration.ofHours(23),
                Duration.ofSeconds(2));
    }

    static LineSettings replacedAfter(LineSettings settings, Duration after, Duration overlap) {
        return new LineSettings(
                settings.base(),
                settings.types(),
                settings.unit(),
                settings.streamsPerConnection(),
                settings.streamsPerMessage(),
                settings.messageSpacing(),
                settings.answerWithin(),
                after,
                overlap);
    }

    static LineSettings answeredWithin(LineSettings settings, Duration within) {
        return new LineSettings(
                settings.base(),
                settings.types(),
                settings.unit(),
                settings.streamsPerConnection(),
                settings.streamsPerMessage(),
                settings.messageSpacing(),
                within,
                settings.replaceAfter(),
                settings.overlap());
    }

    static List<Instrument> instruments(SimulatedExchange exchange) {
        return exchange.symbols().stream().map(Instrument::binance).toList();
    }

    private static Set<String> names(List<StreamType> types, List<StreamKey> streams) {
        Set<String> names = new HashSet<>();
        for (StreamKey stream : streams) {
            types.stream()
                    .filter(type -> type.kind() == stream.kind())
                    .filter(type -> type.interval().equals(stream.interval()))
                    .forEach(type -> names.add(type.streamOf(stream.instrument().symbol())));
        }
        return names;
    }

    @Override
    public RawRoute route(
            Instrument instrument,
            EventKind kind,
            EventSpan span,
            String stream,
            String line,
            ExchangeTimeUnit unit) {
        Set<String> seen = received.computeIfAbsent(stream, _ -> ConcurrentHashMap.newKeySet());
        Deque<String> order = inOrder.computeIfAbsent(stream, _ -> new ConcurrentLinkedDeque<>());
        return (payload, _) -> {
            String text = new String(payload, StandardCharsets.UTF_8);
            seen.add(text);
            order.add(text);
        };
    }

    /** Whatever was received of the stream, each once, from all lines. */
    Set<String> received(String stream) {
        return received.getOrDefault(stream, Set.of());
    }

    int count(String stream) {
        return inOrder.getOrDefault(stream, new ConcurrentLinkedDeque<>()).size();
    }

    /** What the exchange has sent and no line has brought. */
    List<String> missing(Ledger ledger) {
        List<String> missing = new ArrayList<>();
        for (String stream : ledger.streams()) {
            Set<String> seen = received(stream);
            for (Ledger.Entry entry : ledger.entries(stream)) {
                String text = new String(entry.payload(), StandardCharsets.UTF_8);
                if (!seen.contains(text)) {
                    missing.add(stream + " " + entry.sequence() + " " + text);
                }
            }
        }
        return missing;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
        sockets.close();
        scheduler.shutdownNow();
    }
}
