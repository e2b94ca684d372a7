package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.PartitionRoute;
import io.tapeline.schemas.proto.RoutingTable;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the partitions, point at one another, and one takes over from the other. */
@KafkaTest
class TwoAggregatorsIT {

    private static final int PARTITIONS = 2;
    private static final String BOOKS = "books";

    @TempDir Path directory;

    @Test
    void whoeverIsAskedAnswersOrPointsToTheOneThatHoldsThePartition(KafkaCluster kafka)
            throws Exception {
        Topics topics = new Topics(kafka.uniquePrefix());
        List<Instrument> instruments = oneInEachPartition();
        try (Aggregator first = start(kafka, topics, "one", 0);
                InternalApi askFirst = new InternalApi(first.address())) {
            feed(kafka, topics, instruments);
            for (Instrument instrument : instruments) {
                var _ = Await.until("the books", () -> book(askFirst, instrument));
            }
            try (Aggregator second = start(kafka, topics, "two", 0);
                    InternalApi askSecond = new InternalApi(second.address())) {
                Await.untilTrue("a share each", () -> owners(askFirst).size() == 2);
                for (Instrument instrument : instruments) {
                    var _ =
                            Await.until(
                                    "one answer",
                                    () ->
                                            book(askFirst, instrument) != null
                                                    ? book(askFirst, instrument)
                                                    : book(askSecond, instrument));
                    assertOnePointsToTheOther(List.of(askFirst, askSecond), instrument);
                }
            }
            for (Instrument instrument : instruments) {
                var _ = Await.until("all back", () -> book(askFirst, instrument));
            }
        }
    }

    private static void assertOnePointsToTheOther(List<InternalApi> both, Instrument instrument)
            throws Exception {
        int partition = InstrumentPartitioner.partitionOf(instrument, PARTITIONS);
        int found = 0;
        for (InternalApi api : both) {
            HttpResponse<byte[]> response =
                    Await.until(
                            "200 or 421",
                            () -> {
                                HttpResponse<byte[]> answer = api.get(path(instrument));
                                return answer.statusCode() == 503 ? null : answer;
                            });
            if (response.statusCode() == 200) {
                found++;
            } else {
                assertThat(response.statusCode()).isEqualTo(421);
                RoutingTable table = RoutingTable.parseFrom(response.body());
                assertThat(routes(table).get(partition).getActive()).isNotEmpty();
            }
        }
        assertThat(found).isEqualTo(1);
    }

    @Test
    void aStandbyAnswersAsStaleAndTakesOverWithTheSameBook(KafkaCluster kafka) throws Exception {
        Topics topics = new Topics(kafka.uniquePrefix());
        List<Instrument> instruments = oneInEachPartition();
        Set<Instrument> copied = new HashSet<>();
        try (Aggregator second = start(kafka, topics, "two", 1);
                InternalApi askSecond = new InternalApi(second.address())) {
            try (Aggregator first = start(kafka, topics, "one", 1);
                    InternalApi askFirst = new InternalApi(first.address())) {
                // A book that is handed on before it is asked for is stale until the next event.
                Await.untilTrue("a share each", () -> owners(askFirst).size() == 2);
                feed(kafka, topics, instruments);
                for (Instrument instrument : instruments) {
                    for (InternalApi api : List.of(askFirst, askSecond)) {
                        Await.untilTrue(
                                "a copy on each, live or of a standby",
                                () -> {
                                    BookAnswer answer = book(api, instrument);
                                    return answer != null
                                            && answer.getTrust().getStandby()
                                                    == answer.getTrust().getState().equals("STALE");
                                });
                    }
                }
                for (Instrument instrument : instruments) {
                    BookAnswer answer =
                            Await.until("a copy on the second", () -> book(askSecond, instrument));
                    if (answer.getTrust().getStandby()) {
                        copied.add(instrument);
                    }
                }
                assertThat(copied).isNotEmpty();
            }
            for (Instrument instrument : instruments) {
                // A book taken over is as it was written; the exchange has not spoken since. One
                // that was not copied is made of the tape, and stale until its end is reached.
                String state = copied.contains(instrument) ? "STALE" : "LIVE";
                BookAnswer answer =
                        Await.until(
                                "taken over, " + state,
                                () -> {
                                    BookAnswer now = book(askSecond, instrument);
                                    return now == null
                                                    || now.getTrust().getStandby()
                                                    || !now.getTrust().getState().equals(state)
                                            ? null
                                            : now;
                                });
                assertThat(answer.getBids().getPricesList()).hasSize(2);
            }
            try (RawFeed feed = new RawFeed(kafka.bootstrap(), topics)) {
                for (Instrument instrument : instruments) {
                    feed.snapshot(
                            instrument,
                            Payloads.snapshot(12, List.of("99 1", "98 1"), List.of("101 1")));
                }
                feed.flush();
            }
            for (Instrument instrument : instruments) {
                Await.untilTrue(
                        "confirmed by the exchange",
                        () -> {
                            BookAnswer now = book(askSecond, instrument);
                            return now != null && now.getTrust().getState().equals("LIVE");
                        });
            }
        }
    }

    private static void feed(KafkaCluster kafka, Topics topics, List<Instrument> instruments) {
        try (RawFeed feed = new RawFeed(kafka.bootstrap(), topics)) {
            for (Instrument instrument : instruments) {
                feed.snapshot(instrument, Payloads.snapshot(10, List.of("99 1"), List.of("101 1")));
                feed.depth(
                        instrument,
                        Payloads.update(instrument.symbol(), 11, 12, List.of("98 1"), List.of()));
            }
            feed.flush();
        }
    }

    private Aggregator start(KafkaCluster kafka, Topics topics, String name, int standbys)
            throws InterruptedException {
        return Aggregator.start(
                AggregatorIT.settings(kafka, topics, directory.resolve(name))
                        .withStandbys(standbys)
                        .withKafka(
                                Map.of(
                                        "probing.rebalance.interval.ms", "60000",
                                        "acceptable.recovery.lag", "1000000")));
    }

    private static List<Instrument> oneInEachPartition() {
        Instrument[] found = new Instrument[PARTITIONS];
        for (int i = 0; i < 100; i++) {
            Instrument each = Instrument.binance("PAIR" + i);
            found[InstrumentPartitioner.partitionOf(each, PARTITIONS)] = each;
        }
        return List.of(found);
    }

    private static String path(Instrument instrument) {
        return "/books/binance/" + instrument.symbol();
    }

    private static @Nullable BookAnswer book(InternalApi api, Instrument instrument)
            throws Exception {
        BookAnswer answer = api.find(path(instrument), BookAnswer.parser());
        return answer != null && answer.getTrust().getUpdateId() == 12 ? answer : null;
    }

    private static List<PartitionRoute> routes(RoutingTable table) {
        return table.getStoresList().stream()
                .filter(store -> store.getStore().equals(BOOKS))
                .findFirst()
                .orElseThrow()
                .getPartitionsList();
    }

    private static Set<String> owners(InternalApi api) throws Exception {
        RoutingTable table = api.find("/routing", RoutingTable.parser());
        return table == null
                ? Set.of()
                : routes(table).stream()
                        .map(PartitionRoute::getActive)
                        .filter(active -> !active.isEmpty())
                        .collect(Collectors.toSet());
    }
}
