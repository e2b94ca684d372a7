package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.LatestPrice;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Finding the one who answers, over real HTTP. */
final class AggregatorsIT {

    private static final int PARTITIONS = 6;
    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final String PATH = "/internal/prices/binance/BTCUSDT";

    private final FakeAggregator one = new FakeAggregator();
    private final FakeAggregator two = new FakeAggregator();
    private final Exchange exchange = new Exchange(Duration.ofSeconds(2));
    private final List<AutoCloseable> open = new ArrayList<>(List.of(one, two, exchange));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private Routing routing() {
        return routing(one);
    }

    private Routing routing(FakeAggregator... seeds) {
        Routing routing =
                new Routing(
                        exchange,
                        Stream.of(seeds).map(each -> Address.parse(each.address())).toList(),
                        Duration.ofHours(1));
        open.add(routing);
        return routing;
    }

    /** It is asked for at once, on another thread. */
    private static void awaitTable(Routing routing) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (routing.current().isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        // Else the question would find that the table was asked for just now.
        LockSupport.parkNanos(Routing.LEAST_PAUSE.toNanos());
    }

    private Answer<PriceAnswer> ask(Routing routing) {
        return new Aggregators(exchange, routing, PARTITIONS)
                .ask(Store.PRICES, BTC, "", PriceAnswer.parser());
    }

    private static PriceAnswer price(Instrument instrument, String source) {
        return PriceAnswer.newBuilder()
                .setPrice(LatestPrice.newBuilder().setInstrument(instrument.id()).setSource(source))
                .build();
    }

    @Test
    void theOwnerIsAskedDirectly() {
        one.routes(PARTITIONS, two.address(), List.of(one.address()));
        two.on(PATH, price(BTC, "two"));
        Routing routing = routing();

        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(one.asked()).isEmpty();
        assertThat(two.asked()).containsExactly(PATH, PATH);
    }

    @Test
    void anInstanceThatNoLongerOwnsItTellsWhoDoesAndIsNotAskedAgain() {
        one.ownsAll(PARTITIONS);
        one.on(
                PATH,
                421,
                FakeAggregator.tableOf(PARTITIONS, two.address(), List.of()).toByteArray(),
                Map.of());
        two.on(PATH, price(BTC, "two"));
        Routing routing = routing();

        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(one.asked()).containsExactly(PATH);
    }

    @Test
    void twoInstancesThatSendEachOtherTheQuestionDoNotKeepItForEver() {
        one.ownsAll(PARTITIONS);
        byte[] toTwo = FakeAggregator.tableOf(PARTITIONS, two.address(), List.of()).toByteArray();
        byte[] toOne = FakeAggregator.tableOf(PARTITIONS, one.address(), List.of()).toByteArray();
        one.on(PATH, 421, toTwo, Map.of());
        two.on(PATH, 421, toOne, Map.of());

        assertThat(ask(routing()))
                .isEqualTo(
                        new Answer.NotReady<>(
                                "the store is moving between aggregators", Duration.ofSeconds(2)));
    }

    @Test
    void aStandbyAnswersWhileTheActiveOneIsRestoringOrAway() {
        one.routes(PARTITIONS, one.address(), List.of(two.address()));
        one.on(PATH, 503, "");
        two.on(PATH, price(BTC, "two"));
        Routing routing = routing();
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));

        one.close();
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
    }

    @Test
    void oneThatHangsCostsOneQuestionItsShareOfTimeAndIsThenAskedLast() {
        one.routes(PARTITIONS, one.address(), List.of(two.address())).hangsOn(PATH);
        two.on(PATH, price(BTC, "two"));
        Routing routing = routing();

        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(one.asked()).containsExactly(PATH);
        assertThat(two.asked()).containsExactly(PATH, PATH);
    }

    @Test
    void anAnswerOutOfWhatHasBeenRestoredIsTakenOnlyWhereNobodyHasAnother() {
        one.routes(PARTITIONS, one.address(), List.of(two.address()));
        one.on(PATH, 200, price(BTC, "one").toByteArray(), Map.of(Aggregators.BEHIND, "true"));
        two.on(PATH, price(BTC, "two"));
        Routing routing = routing();
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));

        two.on(PATH, 503, "");
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "one")));
        two.close();
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "one")));
    }

    @Test
    void theTableOfOneThatIsCutOffFromKafkaIsTakenOnlyWhereNobodyElseHasOne() {
        one.ownsAll(PARTITIONS).cutOff();
        one.on(PATH, 200, price(BTC, "one").toByteArray(), Map.of(Aggregators.BEHIND, "true"));
        two.ownsAll(PARTITIONS);
        two.on(PATH, price(BTC, "two"));

        assertThat(ask(routing(one, two))).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(one.asked()).isEmpty();
        assertThat(ask(routing(one))).isEqualTo(new Answer.Found<>(price(BTC, "one")));
    }

    @Test
    void anAnswerOfOneThatIsCutOffGivesWayToTheOneWhoOwnsThePartitionByNow() {
        one.ownsAll(PARTITIONS);
        one.on(PATH, 200, price(BTC, "one").toByteArray(), Map.of(Aggregators.BEHIND, "true"));
        two.ownsAll(PARTITIONS);
        two.on(PATH, price(BTC, "two"));
        Routing routing = routing(one, two);
        awaitTable(routing);
        one.cutOff();

        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
        assertThat(one.asked()).containsExactly(PATH);
    }

    @Test
    void whereOneThatIsCutOffPointsToIsNotBelieved() {
        one.ownsAll(PARTITIONS);
        two.ownsAll(PARTITIONS);
        one.on(
                PATH,
                421,
                FakeAggregator.tableOf(PARTITIONS, "127.0.0.1:1", List.of()).toByteArray(),
                Map.of(Aggregators.BEHIND, "true"));
        two.on(PATH, price(BTC, "two"));
        Routing routing = routing(one, two);
        awaitTable(routing);
        one.cutOff();

        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "two")));
    }

    @Test
    void aQuestionWaitsForAMomentWhileThePartitionChangesHands() {
        one.ownsAll(PARTITIONS);
        one.on(PATH, 503, "");
        Routing routing = routing();
        Thread.ofVirtual()
                .start(() -> {
                    while (one.asked().isEmpty()) {
                        Thread.onSpinWait();
                    }
                    one.on(PATH, price(BTC, "one"));
                });
        assertThat(ask(routing)).isEqualTo(new Answer.Found<>(price(BTC, "one")));
    }

    @Test
    void withoutAnyoneThereIsAnAnswerThatSaysSo() {
        one.close();
        assertThat(ask(routing())).isInstanceOf(Answer.NotReady.class);
    }

    @Test
    void anUnknownInstrumentAndARefusalAreAnswers() {
        one.ownsAll(PARTITIONS);
        Routing routing = routing();
        assertThat(ask(routing)).isEqualTo(new Answer.Unknown<>());
        one.on(PATH, 400, "depth: is too much");
        assertThat(ask(routing)).isEqualTo(new Answer.Refused<>("depth: is too much"));
    }

    @Test
    void allPricesComeFromTheFirstOfEachPartitionThatAnswers() {
        one.routes(PARTITIONS, one.address(), List.of(two.address()));
        Instrument eth = Instrument.binance("ETHUSDT");
        List<Integer> all = IntStream.range(0, PARTITIONS).boxed().toList();
        one.on(
                "/internal/prices",
                PriceAnswers.newBuilder()
                        .addItems(price(BTC, "one"))
                        .addAllPartitions(all)
                        .build());
        two.on(
                "/internal/prices",
                PriceAnswers.newBuilder()
                        .addAllStalePartitions(all)
                        .addItems(price(BTC, "two"))
                        .addItems(price(eth, "two"))
                        .build());
        Routing routing = routing();
        Fleet fleet = new Fleet(exchange, routing, PARTITIONS);
        assertThat(fleet.prices(_ -> true))
                .isEqualTo(new Answer.Found<>(List.of(price(BTC, "one"))));

        one.close();
        assertThat(((Answer.Found<List<PriceAnswer>>) fleet.prices(_ -> true)).value())
                .containsExactlyInAnyOrder(price(BTC, "two"), price(eth, "two"));
        two.close();
        assertThat(fleet.prices(_ -> true)).isInstanceOf(Answer.NotReady.class);
    }
}
