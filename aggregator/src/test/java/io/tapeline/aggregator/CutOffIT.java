package io.tapeline.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An aggregator whose Kafka is away, and whose questions still come. */
class CutOffIT {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final String BOOK = "/books/binance/BTCUSDT";
    private static final String BEHIND = "Tapeline-Behind";
    private static final int PARTITIONS = 2;

    @TempDir Path directory;

    @Test
    void answersAsStaleWhileKafkaIsAwayAndAsLiveWhenItIsBack() throws Exception {
        Topics topics = new Topics("cut.");
        try (EmbeddedBroker broker =
                new EmbeddedBroker(BrokerSettings.in(directory.resolve("kafka")))) {
            broker.start();
            AggregatorSettings settings =
                    AggregatorSettings.of(broker.bootstrap(), directory.resolve("data"))
                            .withTopics("cut.", PARTITIONS);
            try (Aggregator aggregator = Aggregator.start(settings);
                    InternalApi api = new InternalApi(aggregator.address())) {
                feed(broker.bootstrap(), topics);
                Await.untilTrue("a live book", () -> state(api).equals("LIVE"));
                Await.untilTrue("the price", () -> prices(api).getItemsCount() == 1);
                Await.untilTrue("all prices, live", () -> prices(api).getPartitionsCount() == 2);
                assertThat(isMarked(api, BOOK)).isFalse();
                assertThat(isMarked(api, "/routing")).isFalse();

                broker.close();
                // The last that was heard may lie ahead: stale for that reason first.
                Await.untilTrue("a book that may be another's", () -> isMarked(api, BOOK));
                assertThat(state(api)).isEqualTo("STALE");
                assertThat(isMarked(api, "/routing")).isTrue();
                assertThat(api.get("/books/binance/ETHUSDT").statusCode())
                        .as("not to be known here proves nothing now")
                        .isEqualTo(503);
                PriceAnswers stale = prices(api);
                assertThat(stale.getPartitionsList()).isEmpty();
                assertThat(stale.getStalePartitionsList()).containsExactly(0, 1);
                assertThat(stale.getItemsList())
                        .extracting((PriceAnswer price) -> price.getTrust().getState())
                        .containsExactly("STALE");

                broker.start();
                Await.untilTrue("heard again", () -> !isMarked(api, "/routing"));
                Await.untilTrue("all prices, live", () -> prices(api).getPartitionsCount() == 2);
            }
        }
    }

    /** Received by a machine whose clock is an hour behind. */
    private static void feed(String bootstrap, Topics topics) {
        Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        try (RawFeed feed = new RawFeed(bootstrap, topics, behind)) {
            feed.snapshot(BTC, Payloads.snapshot(10, List.of("99 1"), List.of("101 1")));
            feed.depth(BTC, Payloads.update("BTCUSDT", 11, 12, List.of("98 1"), List.of()));
            feed.ticker(
                    BTC, Payloads.ticker("BTCUSDT", 1_700_000_000_500L, "100.1", "100", "100.2"));
            feed.flush();
        }
    }

    private static String state(InternalApi api) throws Exception {
        BookAnswer book = api.find(BOOK, BookAnswer.parser());
        return book == null ? "" : book.getTrust().getState();
    }

    private static PriceAnswers prices(InternalApi api) throws Exception {
        PriceAnswers all = api.find("/prices", PriceAnswers.parser());
        return all == null ? PriceAnswers.getDefaultInstance() : all;
    }

    private static boolean isMarked(InternalApi api, String path) throws Exception {
        HttpResponse<byte[]> answer = api.get(path);
        return answer.headers().firstValue(BEHIND).isPresent();
    }
}
