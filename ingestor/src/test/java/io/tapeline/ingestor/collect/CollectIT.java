package io.tapeline.ingestor.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.exchange.judge.Judge;
import io.tapeline.ingestor.Await;
import io.tapeline.ingestor.FastClock;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.http.CandleRequests;
import io.tapeline.ingestor.http.InternalServer;
import io.tapeline.ingestor.http.JobRequests;
import io.tapeline.ingestor.rest.FastClients;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.resync.CandleFetcher;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.JobStatus;
import io.tapeline.schemas.proto.JobStatuses;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bulk jobs over HTTP against the simulated exchange, whose minutes pass in a second. */
class CollectIT {

    private static final int PAIRS = 2_200;

    private final FastClock clock = new FastClock(Instant.parse("2026-01-31T12:00:02Z"), 60);
    private final IngestorCounters counters = new IngestorCounters();
    private final Map<Instrument, LongAdder> published = new ConcurrentHashMap<>();
    private final AtomicBoolean room = new AtomicBoolean(true);
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedExchange exchange;
    private final RestClient rest;
    private final CandleJobs jobs;
    private final InternalServer server;

    CollectIT() throws IOException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(PAIRS)
                                                .withEventsPerSecond(1)
                                                .withBookLevels(20)
                                                .withNonAsciiSymbol()
                                                .withHistory(Duration.ofHours(60)))
                                .withClock(clock));
        rest = FastClients.start(exchange.restUrl(), clock, counters);
        RawRoutes routes = (instrument, kind, span, stream, line, unit) -> count(instrument);
        CandleFetcher candles = new CandleFetcher(rest, routes, ExchangeTimeUnit.MILLISECONDS);
        jobs =
                new CandleJobs(
                        (pair, page) -> candles.fetchForHistory(pair, page, Priority.BULK),
                        room::get,
                        rest::bulkWeightPerMinute,
                        counters,
                        clock,
                        Duration.ofMillis(20));
        server =
                InternalServer.start(
                        "127.0.0.1",
                        0,
                        SharedSecret.NONE,
                        IngestorStatus::getDefaultInstance,
                        Optional.of(new CandleRequests(candles, Duration.ofSeconds(20))),
                        Optional.of(new JobRequests(jobs, this::pairs)));
    }

    private RawRoute count(Instrument instrument) {
        LongAdder adder = published.computeIfAbsent(instrument, _ -> new LongAdder());
        return (_, _) -> adder.increment();
    }

    private Set<Instrument> pairs() {
        Set<Instrument> pairs = new LinkedHashSet<>();
        exchange.symbols().forEach(symbol -> pairs.add(Instrument.binance(symbol)));
        return pairs;
    }

    @AfterEach
    void stop() {
        server.close();
        jobs.close();
        rest.close();
        exchange.close();
        http.close();
    }

    @Test
    void theNewestCandlesOfAllPairsComeWithinTheShareAndWithoutABreach() throws Exception {
        Instant began = clock.instant();
        HttpResponse<byte[]> made = send("POST", "?interval=1m&limit=10", "");
        assertThat(made.statusCode()).isEqualTo(201);
        String path = made.headers().firstValue("Location").orElseThrow();
        JobStatus begun = JobStatus.parseFrom(made.body());
        assertThat(begun.getRequests()).isEqualTo(PAIRS);
        assertThat(begun.getWeight()).isEqualTo(2L * PAIRS);
        JobStatus done = awaitDone(path.substring(path.lastIndexOf('/')));
        assertThat(done.getDone()).isEqualTo(PAIRS);
        assertThat(done.getFailuresList()).isEmpty();
        assertThat(published.keySet()).isEqualTo(pairs());
        assertThat(done.getCandles())
                .isEqualTo(published.values().stream().mapToLong(LongAdder::sum).sum());
        Judge.Verdict verdict = exchange.judge().verdict();
        assertThat(verdict.breaches()).isEmpty();
        assertThat(verdict.mostWeightInAMinute()).isLessThanOrEqualTo(2_400);
        System.out.printf(
                "newest candles of %d pairs: weight %d, %.1f minutes, most in one %d,"
                        + " estimated at the start %.1f minutes%n",
                PAIRS,
                done.getWeightUsed(),
                Duration.between(began, clock.instant()).toMillis() / 60_000.0,
                verdict.mostWeightInAMinute(),
                (begun.getEstimatedEndUs() - begun.getStartedUs()) / 60e6);
    }

    /** What the query API's collections ask for: four at a time, a request each. */
    @Test
    void aRequestForEachOfAllPairsAtTheLowestPriorityBreaksNoLimit() throws Exception {
        Queue<String> left = new ConcurrentLinkedQueue<>(exchange.symbols());
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        try (ExecutorService askers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                askers.execute(() -> askForAll(left, refused));
            }
        }
        assertThat(refused).isEmpty();
        assertThat(published.keySet()).isEqualTo(pairs());
        assertThat(published.values()).allMatch(count -> count.sum() == 1_000);
        Judge.Verdict verdict = exchange.judge().verdict();
        assertThat(verdict.breaches()).isEmpty();
        assertThat(verdict.mostWeightInAMinute()).isLessThanOrEqualTo(2_400);
        assertThat(exchange.requests().total()).isGreaterThanOrEqualTo(PAIRS);
        HttpResponse<byte[]> wrong = get("/internal/klines/binance/BTCUSDT?priority=now");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(new String(wrong.body(), StandardCharsets.UTF_8))
                .isEqualTo("priority: \"now\" is not one of backfill, bulk");
    }

    private void askForAll(Queue<String> left, Queue<String> refused) {
        for (String symbol = left.poll(); symbol != null; symbol = left.poll()) {
            try {
                HttpResponse<byte[]> answer =
                        get(
                                "/internal/klines/binance/"
                                        + URLEncoder.encode(symbol, StandardCharsets.UTF_8)
                                        + "?limit=1000&to=2026-01-31T11:59:00Z"
                                        + "&withinMs=20000&priority=bulk");
                if (answer.statusCode() != 200) {
                    refused.add(symbol + ": " + answer.statusCode());
                }
            } catch (Exception e) {
                refused.add(symbol + ": " + e);
            }
        }
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void aRangeIsReadPageByPageAndAPairThatIsGoneFailsAlone() throws Exception {
        JobStatus range =
                posted("?symbol=BTCUSDT&from=2026-01-29T12:00:00Z&to=2026-01-31T11:59:00Z");
        JobStatus some = posted("?symbols=ETHUSDT,GONEUSDT");
        assertThat(awaitDone("/" + range.getId()))
                .extracting(JobStatus::getCandles, JobStatus::getAsked, JobStatus::getFailed)
                .containsExactly(2_880L, 3L, 0L);
        JobStatus ended = awaitDone("/" + some.getId());
        assertThat(ended.getDone()).isEqualTo(1);
        assertThat(ended.getFailuresList())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.getSymbol()).isEqualTo("GONEUSDT");
                    assertThat(failure.getReason()).contains("-1121");
                });
        assertThat(JobStatuses.parseFrom(send("GET", "", "").body()).getItemsList())
                .extracting(JobStatus::getId)
                .containsExactly(range.getId(), some.getId());
    }

    @Test
    void aJobWaitsWhileThereIsNoRoomOnTheWayToKafkaAndCanBeStoppedAndResumed() throws Exception {
        room.set(false);
        JobStatus job = posted("?limit=5");
        assertThat(JobStatus.parseFrom(send("DELETE", "/" + job.getId(), "").body()).getState())
                .isEqualTo("PAUSED");
        room.set(true);
        assertThat(exchange.requests().total()).isLessThanOrEqualTo(4);
        assertThat(send("POST", "/" + job.getId(), "").statusCode()).isEqualTo(201);
        assertThat(awaitDone("/" + job.getId()).getDone()).isEqualTo(PAIRS);
    }

    @Test
    void mistakesAreNamed() throws Exception {
        refused("POST", "?limit=5000", 400, "limit: \"5000\" is not a number from 1 to 1000");
        refused("POST", "?venue=deribit", 400, "venue: only binance has candles");
        refused("POST", "?symbol=BTCUSDT", 400, "from: wanted with symbol, from and to");
        refused("POST", "?symbols=A,,B", 400, "instrument: symbol \"\" has 0 characters");
        refused("POST", "?colour=red", 400, "[colour]: not one of");
        refused(
                "POST",
                "?symbol=A&from=2000-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                400,
                "are more than 6000000");
        refused("GET", "/nosuch", 404, "id: there is no such job");
        refused("DELETE", "", 405, "method: only GET and POST are allowed");
        room.set(false);
        for (int i = 0; i < 4; i++) {
            posted("?limit=1");
        }
        refused("POST", "?limit=1", 429, "jobs: 4 run, at most 4 may");
        HttpResponse<byte[]> large = sendBody("symbols=" + "A".repeat(300_000));
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void manySymbolsFitIntoTheBody() throws Exception {
        HttpResponse<byte[]> made = sendBody("limit=1&symbols=" + String.join(",", ascii()));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(JobStatus.parseFrom(made.body()).getRequests()).isEqualTo(ascii().size());
    }

    private Set<String> ascii() {
        Set<String> symbols = new LinkedHashSet<>(exchange.symbols());
        symbols.removeIf(symbol -> !symbol.chars().allMatch(c -> c < 128));
        return symbols;
    }

    private JobStatus posted(String query) throws Exception {
        HttpResponse<byte[]> made = send("POST", query, "");
        assertThat(made.statusCode())
                .as(new String(made.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return JobStatus.parseFrom(made.body());
    }

    private void refused(String method, String rest, int status, String reason) throws Exception {
        HttpResponse<byte[]> answer = send(method, rest, "");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(reason);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private JobStatus awaitDone(String id) {
        Await.until(
                "job " + id + " is done",
                () -> status(id).getState().equals("DONE"),
                () -> status(id));
        return status(id);
    }

    private JobStatus status(String id) {
        try {
            return JobStatus.parseFrom(send("GET", id, "").body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> sendBody(String form) throws Exception {
        return send("POST", "", form);
    }

    private HttpResponse<byte[]> send(String method, String target, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + server.port()
                                                + "/internal/jobs"
                                                + target))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
