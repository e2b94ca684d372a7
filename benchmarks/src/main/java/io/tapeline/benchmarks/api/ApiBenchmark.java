package io.tapeline.benchmarks.api;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.benchmarks.tape.SyntheticDepth;
import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.query.QueryApi;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Questions over HTTP to a query API, which asks an aggregator over HTTP: broker, aggregator and
 * API in this process, wrk in one of its own. Every figure of a question stands beside that of
 * {@code /ping} of the same server in the same run, by turns.
 */
public final class ApiBenchmark {

    private static final int PARTITIONS = 6;
    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 32;
    private static final int FEW = 8;
    private static final int SECONDS = 8;

    /** A question is first asked for so much longer than in a round. */
    private static final int WARM_UPS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Question PING = new Question("/ping", "/ping");
    private static final Question PRICE =
            new Question("one latest price", "/v1/prices/binance/" + KnownMarket.BUSY);
    private static final Question BOOK =
            new Question(
                    "a book of 20 levels", "/v1/books/binance/" + KnownMarket.BUSY + "?depth=20");
    private static final Question PRICES =
            new Question("all %,d prices".formatted(KnownMarket.PAIRS), "/v1/prices");

    private record Question(String name, String path) {}

    private final String base;
    private final int seconds;
    private final HttpClient client = HttpClient.newHttpClient();

    private ApiBenchmark(int port, boolean brief) {
        this.base = "http://127.0.0.1:" + port;
        this.seconds = brief ? 2 : SECONDS;
    }

    public static Answer run(Options options) throws Exception {
        Wrk.require();
        Path directory = Files.createTempDirectory("tapeline-bench-api-");
        DepthTape tape = new SyntheticDepth(20_261_122, 3, 1, false).tape();
        try (EmbeddedBroker broker =
                new EmbeddedBroker(BrokerSettings.in(directory.resolve("kafka")))) {
            broker.start();
            try (Aggregator aggregator =
                            Aggregator.start(
                                    AggregatorSettings.of(
                                                    broker.bootstrap(),
                                                    directory.resolve("aggregator"))
                                            .withTopics("api.", PARTITIONS));
                    QueryApi api =
                            QueryApi.start(
                                    "--tapeline.http-port=0",
                                    "--tapeline.data-dir=" + directory.resolve("api"),
                                    "--tapeline.clickhouse.url=",
                                    "--tapeline.kafka.bootstrap=" + broker.bootstrap(),
                                    "--tapeline.kafka.topic-prefix=api.",
                                    "--tapeline.kafka.partitions=" + PARTITIONS,
                                    "--tapeline.aggregator.urls=" + aggregator.address())) {
                new KnownMarket(new Topics("api."), PARTITIONS).tell(broker.bootstrap(), tape);
                return new ApiBenchmark(api.port(), options.brief()).run();
            }
        } finally {
            delete(directory);
        }
    }

    private Answer run() throws IOException, InterruptedException {
        awaitAll();
        System.out.println("The market is known; warm-up:");
        List<Question> questions = List.of(PING, PRICE, BOOK);
        for (Question each : questions) {
            load(each, CONNECTIONS, WARM_UPS * seconds);
        }
        load(PRICES, FEW, WARM_UPS * seconds);
        List<Answer.Row> rates = new ArrayList<>();
        double[][] rounds = new double[questions.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf("Round %d of %d:%n", round + 1, ROUNDS);
            for (int i = 0; i < questions.size(); i++) {
                rounds[i][round] = load(questions.get(i), CONNECTIONS, seconds).perSecond();
            }
        }
        String task = "asked by %d connections".formatted(CONNECTIONS);
        for (int i = 0; i < questions.size(); i++) {
            rates.add(Answer.Row.ofRounds(task, questions.get(i).name(), "/s", rounds[i]));
        }
        double[] lists = new double[ROUNDS];
        double[] alone = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            lists[round] = load(PRICES, FEW, seconds).perSecond();
            alone[round] = load(PRICES, 1, seconds).p99Ms();
        }
        rates.add(Answer.Row.ofRounds("by %d".formatted(FEW), PRICES.name(), "/s", lists));
        rates.add(Answer.Row.ofRounds("p99 alone", PRICES.name(), "ms", alone));
        System.out.println("At half of the rate:");
        List<List<String>> halves = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            halves.add(half(questions.get(i), median(rounds[i]), CONNECTIONS));
        }
        halves.add(half(PRICES, median(lists), FEW));
        return new Answer(
                List.of(
                        "Broker, aggregator and query API in one process, settings their defaults;"
                                + " wrk (one thread) beside it on the same processors. Questions"
                                + " take turns, %d rounds of %d s.".formatted(ROUNDS, seconds),
                        "%,d pairs with a price, one with a book of 1,000 levels a side; nothing"
                                        .formatted(KnownMarket.PAIRS)
                                + " changes meanwhile.",
                        "At half of the rate, questions are due at even times and latency is from"
                                + " when one was due (no coordinated omission), after three seconds"
                                + " that do not count; their asker is in the process too."),
                List.of(
                        Answer.compared("least to most", rates),
                        new Answer.Table(
                                List.of(
                                        " at half of its rate",
                                        "/s",
                                        "p50 ms",
                                        "p99 ms",
                                        "p99.9 ms",
                                        "most ms"),
                                halves)));
    }

    private Wrk.Load load(Question question, int connections, int wanted)
            throws IOException, InterruptedException {
        Wrk.Load load = Wrk.run(base + question.path(), connections, wanted);
        System.out.printf(
                Locale.ROOT,
                "%-22s %2d connections %,10.0f/s  p99 %.2f ms%n",
                question.name(),
                connections,
                load.perSecond(),
                load.p99Ms());
        return load;
    }

    private List<String> half(Question question, double rate, int connections)
            throws IOException, InterruptedException {
        Histogram micros =
                new Paced(URI.create(base + question.path())).run(rate / 2, connections, seconds);
        List<String> row =
                List.of(
                        question.name(),
                        String.format(Locale.ROOT, "%,.0f", rate / 2),
                        millis(micros.getValueAtPercentile(50)),
                        millis(micros.getValueAtPercentile(99)),
                        millis(micros.getValueAtPercentile(99.9)),
                        millis(micros.getMaxValue()));
        System.out.println(String.join("  ", row));
        return row;
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1e3);
    }

    private static double median(double[] rounds) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Until every pair has its price, and the one its book. */
    private void awaitAll() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int prices = 0;
        while (System.nanoTime() - deadline < 0) {
            String all = get(PRICES.path());
            prices = all.split("\"symbol\"", -1).length - 1;
            if (prices == KnownMarket.PAIRS && get(BOOK.path()).contains("\"bids\":[[")) {
                return;
            }
            Thread.sleep(Duration.ofMillis(200));
        }
        throw new IOException(
                "only %,d of %,d prices came within %s"
                        .formatted(prices, KnownMarket.PAIRS, PATIENCE));
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(base + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
