package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.Aggregator;
import io.tapeline.aggregator.AggregatorSettings;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.QueryApi;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Broker, aggregator and query API, and a market that changes all the time: who follows it over a
 * WebSocket has every book at every update id as it was, also when updates are missing, and when
 * the aggregator is stopped and comes back.
 */
@KafkaTest
class LiveFeedIT {

    private static final int PARTITIONS = 2;
    private static final int INSTRUMENTS_EACH = 3;
    private static final int MANY = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path dir;

    private final long seed = System.nanoTime();
    private final KafkaCluster kafka;
    private final String prefix;

    LiveFeedIT(KafkaCluster kafka) {
        this.kafka = kafka;
        prefix = kafka.uniquePrefix();
    }

    @Test
    void who_follows_a_market_has_every_book_as_it_was_across_gaps_and_restarts() throws Exception {
        System.out.println("seed " + seed);
        Topics topics = new Topics(prefix);
        TopicSetup.ensure(kafka.admin(), topics, PARTITIONS, (short) 1);
        int port = freePort();
        Aggregator first = aggregator(port);
        try (QueryApi query = query(port);
                Api api = new Api(URI.create("http://127.0.0.1:" + query.port()))) {
            try (KnownMarket market =
                            new KnownMarket(
                                    kafka.bootstrap(), topics, PARTITIONS, INSTRUMENTS_EACH, seed);
                    FollowedOverSocket client = follow(query, api, market)) {
                List<KnownMarket.Known> all = market.instruments();
                await("changes", client, () -> client.heard("delta") > MANY * all.size());
                loseOneOf(all.getFirst(), client);
                first.close();
                long before = client.updateId(all.getFirst());
                try (Aggregator _ = aggregator(port)) {
                    await(
                            "all go on",
                            client,
                            () ->
                                    all.stream()
                                            .allMatch(
                                                    each -> client.updateId(each) > before + MANY));
                    market.close();
                    for (KnownMarket.Known each : all) {
                        assertEqualToAnswers(each, client, api);
                    }
                    System.out.println("heard " + client.heard());
                    assertThat(client.wrong()).as("seed %s", seed).isEmpty();
                    assertThat(client.heard("price")).isPositive();
                    assertThat(client.heard("candle")).isPositive();
                    assertThat(client.heard("lost: gap")).isEqualTo(1);
                }
            }
        } finally {
            first.close();
        }
    }

    private static FollowedOverSocket follow(QueryApi query, Api api, KnownMarket market)
            throws Exception {
        for (KnownMarket.Known each : market.instruments()) {
            api.await(path(each), book -> book.path("state").asString().equals("LIVE"));
        }
        return new FollowedOverSocket(query.port(), market.instruments());
    }

    private static String path(KnownMarket.Known each) {
        return "/v1/books/binance/" + each.instrument().symbol() + "?depth=5000";
    }

    /** The book is lost, told so, and begins anew with the snapshot that comes. */
    private void loseOneOf(KnownMarket.Known instrument, FollowedOverSocket client)
            throws Exception {
        instrument.loseNext();
        await("the loss", client, () -> client.heard("lost: gap") > 0);
        long lostAt = client.updateId(instrument);
        instrument.snapshotNext();
        await("the book anew", client, () -> client.updateId(instrument) > lostAt + MANY);
    }

    /** The market stands still, so that both come to the same update id. */
    private void assertEqualToAnswers(
            KnownMarket.Known instrument, FollowedOverSocket client, Api api) throws Exception {
        await(
                "the last update of " + instrument.instrument(),
                client,
                () -> {
                    JsonNode book = api.await(path(instrument), _ -> true);
                    return book.get("updateId").asLong() == client.updateId(instrument)
                            && text(book).equals(client.text(instrument));
                });
    }

    private static String text(JsonNode book) {
        return side(book.get("bids")) + "|" + side(book.get("asks"));
    }

    private static String side(JsonNode levels) {
        StringBuilder text = new StringBuilder();
        for (JsonNode level : levels) {
            text.append(new BigDecimal(level.get(0).asString()).intValueExact())
                    .append(':')
                    .append(new BigDecimal(level.get(1).asString()).intValueExact())
                    .append(' ');
        }
        return text.toString();
    }

    private Aggregator aggregator(int port) throws InterruptedException {
        return Aggregator.start(
                AggregatorSettings.of(kafka.bootstrap(), dir.resolve("aggregator"))
                        .withTopics(prefix, PARTITIONS)
                        .withHttpPort(port));
    }

    private QueryApi query(int port) {
        List<String> settings = new ArrayList<>();
        settings.add("--tapeline.http-port=0");
        settings.add("--tapeline.data-dir=" + dir.resolve("query"));
        settings.add("--tapeline.history.memory=128MB");
        settings.add("--tapeline.clickhouse.url=");
        settings.add("--tapeline.kafka.bootstrap=" + kafka.bootstrap());
        settings.add("--tapeline.kafka.topic-prefix=" + prefix);
        settings.add("--tapeline.kafka.partitions=" + PARTITIONS);
        settings.add("--tapeline.aggregator.urls=http://127.0.0.1:" + port);
        return QueryApi.start(settings.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await(String what, FollowedOverSocket client, Callable<Boolean> condition)
            throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0 || !client.wrong().isEmpty()) {
                throw new AssertionError(
                        "seed %s: %s; heard %s; wrong %s"
                                .formatted(seed, what, client.heard(), client.wrong()));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
