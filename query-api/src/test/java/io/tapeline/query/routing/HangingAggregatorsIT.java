package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.LatestPrice;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Aggregators that take a question and never answer, over real HTTP. */
final class HangingAggregatorsIT {

    private static final int PARTITIONS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Instrument BTC = Instrument.binance("BTCUSDT");

    /** What a busy machine may add; asking for the table after the time-out would add more. */
    private static final Duration SCHEDULING = Duration.ofMillis(1_500);

    private final List<FakeAggregator> all = Stream.generate(FakeAggregator::new).limit(4).toList();
    private final Exchange exchange = new Exchange(TIMEOUT);
    private final Routing routing = routingOfTheFirst();

    private Routing routingOfTheFirst() {
        List<String> standbys = all.stream().skip(1).map(FakeAggregator::address).toList();
        all.forEach(each -> each.routes(PARTITIONS, all.getFirst().address(), standbys));
        Routing told =
                new Routing(
                        exchange,
                        List.of(Address.parse(all.getFirst().address())),
                        Duration.ofHours(1));
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (told.current().isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        // Else a question would find that the table was asked for just now.
        LockSupport.parkNanos(Routing.LEAST_PAUSE.toNanos());
        return told;
    }

    @AfterEach
    void close() {
        all.forEach(FakeAggregator::close);
        routing.close();
        exchange.close();
    }

    @Test
    void aQuestionEndsWithinItsTimeWhereEveryoneHangs() {
        all.forEach(FakeAggregator::hangsOnAll);
        Aggregators aggregators = new Aggregators(exchange, routing, PARTITIONS);
        long begun = System.nanoTime();
        assertThat(aggregators.ask(Store.PRICES, BTC, "", PriceAnswer.parser()))
                .isInstanceOf(Answer.NotReady.class);
        assertThat(since(begun)).isLessThan(TIMEOUT.plus(SCHEDULING));
    }

    @Test
    void allPricesEndWithinTheirTimeWhereEveryoneHangs() {
        all.forEach(FakeAggregator::hangsOnAll);
        Fleet fleet = new Fleet(exchange, routing, PARTITIONS);
        long begun = System.nanoTime();
        assertThat(fleet.prices(_ -> true)).isInstanceOf(Answer.NotReady.class);
        assertThat(since(begun)).isLessThan(TIMEOUT.plus(SCHEDULING));
    }

    @Test
    void allPricesComeFromStandbysWhileTheActiveOneHangsWhichCostsOneQuestionHalfOfItsTime() {
        PriceAnswer btc =
                PriceAnswer.newBuilder()
                        .setPrice(LatestPrice.newBuilder().setInstrument(BTC.id()))
                        .build();
        all.getFirst().hangsOnAll();
        all.stream()
                .skip(1)
                .forEach(each ->
                        each.on(
                                "/internal/prices",
                                PriceAnswers.newBuilder()
                                        .addItems(btc)
                                        .addAllStalePartitions(
                                                IntStream.range(0, PARTITIONS).boxed().toList())
                                        .build()));
        Fleet fleet = new Fleet(exchange, routing, PARTITIONS);
        long begun = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            assertThat(fleet.prices(_ -> true)).isEqualTo(new Answer.Found<>(List.of(btc)));
        }
        // Four times the time-out, if each waited for it.
        assertThat(since(begun)).isLessThan(TIMEOUT.plus(SCHEDULING));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
