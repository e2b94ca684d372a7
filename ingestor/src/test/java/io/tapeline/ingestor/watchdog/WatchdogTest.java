package io.tapeline.ingestor.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.ingestor.watchdog.Finding.Ask;
import io.tapeline.ingestor.watchdog.Finding.ConnectionStalled;
import io.tapeline.ingestor.watchdog.Finding.StreamsStalled;
import io.tapeline.ingestor.watchdog.Watched.Stream;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final Question BTC_BOOK = new Question.Book(Instrument.binance("BTC"));
    private static final Question BTC_TRADES =
            new Question.Trades(Set.of(Instrument.binance("BTC")));

    private final Watched world = new Watched(WatchdogSettings.ofDefaults());

    @Test
    void aStreamThatComesIsNotAskedAbout() {
        Stream btc = world.book("a", "BTC");
        assertThat(world.flow(600, btc)).isEmpty();
        assertThat(world.tally()).isEqualTo(new Watchdog.Tally(0, 0, 0, 0));
    }

    @Test
    void aSilentStreamIsAskedAboutOnceAndIsQuietIfThereIsNothingNewer() {
        Stream btc = world.book("a", "BTC");
        world.flow(60, btc);
        assertThat(world.silence(9)).isEmpty();
        assertThat(world.silence(5)).containsExactly(new Ask(BTC_BOOK));
        world.answer(BTC_BOOK, new Answer.NewestId(60));
        assertThat(world.tally()).isEqualTo(new Watchdog.Tally(1, 1, 0, 0));
        // Patience doubles: not before twenty seconds, then forty.
        assertThat(world.silence(19)).isEmpty();
        assertThat(world.silence(1)).containsExactly(new Ask(BTC_BOOK));
        world.answer(BTC_BOOK, new Answer.NewestId(60));
        assertThat(world.silence(39)).isEmpty();
        assertThat(world.silence(1)).containsExactly(new Ask(BTC_BOOK));
    }

    @Test
    void aStreamIsStalledIfTheExchangeHasSomethingNewerThatDoesNotCome() {
        Stream btc = world.book("a", "BTC");
        world.flow(60, btc);
        world.silence(14);
        world.answer(BTC_BOOK, new Answer.NewestId(61));
        assertThat(world.silence(2)).isEmpty();
        assertThat(world.silence(1))
                .containsExactly(new StreamsStalled("a/0", List.of("BTC@depth")));
        assertThat(world.tally()).isEqualTo(new Watchdog.Tally(1, 0, 1, 0));
    }

    @Test
    void whatComesWhileItIsAskedForEndsTheDoubt() {
        Stream btc = world.book("a", "BTC");
        world.flow(60, btc);
        world.silence(14);
        world.answer(BTC_BOOK, new Answer.NewestId(61));
        world.second();
        assertThat(world.flow(1, btc)).isEmpty();
        assertThat(world.flow(60, btc)).isEmpty();
        assertThat(world.tally()).isEqualTo(new Watchdog.Tally(1, 1, 0, 0));
    }

    @Test
    void aResubscriptionThatBringsNothingCondemnsTheConnection() {
        Stream btc = world.book("a", "BTC");
        world.flow(60, btc);
        world.silence(14);
        world.answer(BTC_BOOK, new Answer.NewestId(61));
        world.silence(3);
        world.subscribedAgain(btc);
        // The first look after it sets a mark, since no event tells where the stream stands.
        assertThat(world.silence(70)).containsExactly(new Ask(BTC_BOOK));
        world.answer(BTC_BOOK, new Answer.NewestId(70));
        assertThat(world.silence(20)).containsExactly(new Ask(BTC_BOOK));
        world.answer(BTC_BOOK, new Answer.NewestId(75));
        assertThat(world.silence(3))
                .containsExactly(new ConnectionStalled("a/0", List.of("BTC@depth")));
    }

    @Test
    void aStreamThatNeverBeginsIsFoundByWhatGrowsMeanwhile() {
        world.trades("a", "BTC");
        assertThat(world.silence(29)).isEmpty();
        assertThat(world.silence(2)).containsExactly(new Ask(BTC_TRADES));
        world.answer(BTC_TRADES, new Answer.NewestId(1_000));
        assertThat(world.silence(31)).containsExactly(new Ask(BTC_TRADES));
        world.answer(BTC_TRADES, new Answer.NewestId(1_001));
        assertThat(world.silence(3))
                .containsExactly(new StreamsStalled("a/0", List.of("BTC@kline_1m")));
    }

    @Test
    void anUnknownPairIsLeftAloneForTheLongestTime() {
        world.trades("a", "BTC");
        world.silence(31);
        world.answer(BTC_TRADES, new Answer.Nothing());
        assertThat(world.silence(599)).isEmpty();
        assertThat(world.silence(2)).containsExactly(new Ask(BTC_TRADES));
        assertThat(world.tally()).isEqualTo(new Watchdog.Tally(2, 1, 0, 0));
    }

    @Test
    void aHaltedPairCostsOneQuestionInTheLongestTime() {
        Stream btc = world.book("a", "BTC");
        world.flow(60, btc);
        int questions = 0;
        for (int second = 0; second < 7_200; second++) {
            for (Finding finding : world.second()) {
                assertThat(finding).isEqualTo(new Ask(BTC_BOOK));
                world.answer(BTC_BOOK, new Answer.NewestId(60));
                questions++;
            }
        }
        // At 10 s, then 20, 40, ... 600 s later, and every 600 s from then on.
        assertThat(questions).isBetween(16, 18);
    }

    @Test
    void aPairThatTradesInBurstsIsNotDoubtedAfterEach() {
        Stream btc = world.trades("a", "BTC");
        for (int burst = 0; burst < 3; burst++) {
            world.flow(10, btc);
            for (Finding _ : world.silence(60)) {
                world.answer(BTC_TRADES, new Answer.NewestId(btc.newestId()));
            }
        }
        world.findings.clear();
        for (int burst = 0; burst < 20; burst++) {
            world.flow(10, btc);
            world.silence(60);
        }
        assertThat(world.findings).isEmpty();
    }

    @Test
    void aPairGoneQuietAtNightIsUnderstoodAndItsReturnIsNotHeld() {
        Stream btc = world.trades("a", "BTC");
        world.flow(600, btc);
        for (int event = 0; event < 20; event++) {
            for (Finding finding : world.silence(200)) {
                assertThat(finding).isEqualTo(new Ask(BTC_TRADES));
                world.answer(BTC_TRADES, new Answer.NewestId(btc.newestId()));
            }
            world.flow(1, btc);
        }
        Watchdog.Tally night = world.tally();
        assertThat(night.stalled()).isZero();
        assertThat(night.doubted()).isEqualTo(night.resolved()).isLessThan(10);
        assertThat(world.flow(600, btc)).isEmpty();
        // Back at its pace, and the night halves in an hour: a stall is found in minutes.
        assertThat(world.silence(600)).contains(new Ask(BTC_TRADES));
    }

    @Test
    void anotherLineThatGoesOnIsEnoughToKnowAtOnce() {
        Stream here = world.book("a", "BTC");
        Stream there = world.book("b", "BTC");
        world.flow(60, here, there);
        List<Finding> found = new ArrayList<>();
        int seconds = 0;
        while (found.stream().noneMatch(StreamsStalled.class::isInstance)) {
            found.addAll(world.flow(1, there));
            assertThat(++seconds).isLessThan(20);
        }
        assertThat(found).containsExactly(new StreamsStalled("a/0", List.of("BTC@depth")));
    }

    @Test
    void anEventThatBothLinesAreAboutToBringIsNoWitness() {
        Stream here = world.book("a", "BTC");
        Stream there = world.book("b", "BTC");
        world.flow(60, here, there);
        world.silence(11);
        world.answer(BTC_BOOK, new Answer.NewestId(60));
        world.silence(20);
        world.flow(1, there);
        assertThat(world.flow(1, here)).isEmpty();
        assertThat(world.silence(5)).isEmpty();
        assertThat(world.tally().stalled()).isZero();
    }

    @Test
    void manyStreamsOfManyPairsSilentAtOnceAreTheConnectionsFault() {
        Stream btc = world.book("a", "BTC");
        Stream eth = world.book("a", "ETH");
        Stream bnb = world.trades("a", "BNB");
        Stream quiet = world.trades("a", "QUIET");
        quiet.event(1);
        world.flow(120, btc, eth, bnb);
        assertThat(world.silence(10))
                .containsExactly(
                        new ConnectionStalled(
                                "a/0", List.of("BTC@depth", "ETH@depth", "BNB@kline_1m")));
        assertThat(world.tally().stalledConnections()).isEqualTo(1);
    }

    @Test
    void threeStreamsOfOneHaltedPairAreNot() {
        Stream book = world.book("a", "BTC");
        Stream candle = world.trades("a", "BTC");
        Stream eth = world.book("a", "ETH");
        world.flow(120, book, candle, eth);
        assertThat(world.flow(20, eth)).containsExactly(new Ask(BTC_BOOK), new Ask(BTC_TRADES));
    }

    @Test
    void anExchangeThatStandsStillHasItsConnectionsReplacedMoreAndMoreSeldom() {
        Stream[] streams = {world.book("a", "BTC"), world.book("a", "ETH"), world.book("a", "BNB")};
        world.flow(120, streams);
        int replaced = 0;
        for (int second = 0; second < 7_200; second++) {
            for (Finding finding : world.second()) {
                switch (finding) {
                    case Ask(Question question) -> world.answer(question, new Answer.NewestId(120));
                    case ConnectionStalled _ -> {
                        replaced++;
                        world.subscribedAgain();
                    }
                    case StreamsStalled stalled -> throw new AssertionError(stalled);
                }
            }
        }
        // After 10 s, 20, 40, ... and every ten minutes from then on.
        assertThat(replaced).isBetween(12, 18);
        world.findings.clear();
        world.flow(600, streams);
        assertThat(world.findings).isEmpty();
    }

    @Test
    void severalStreamsFoundStalledOneByOneCondemnTheConnection() {
        Stream[] streams = {
            world.book("a", "BTC"), world.book("a", "ETH"), world.book("a", "BNB"),
            world.book("a", "XRP"), world.book("a", "ADA"), world.book("a", "SOL"),
            world.book("a", "DOT")
        };
        Stream[] well = {streams[3], streams[4], streams[5], streams[6]};
        world.flow(60, streams);
        for (int second = 0; second < 20; second++) {
            for (Finding finding : world.flow(1, well)) {
                if (finding instanceof Ask(Question question)) {
                    world.answer(question, new Answer.NewestId(1_000));
                }
            }
        }
        assertThat(world.findings)
                .contains(
                        new ConnectionStalled(
                                "a/0", List.of("BTC@depth", "ETH@depth", "BNB@depth")));
    }

    @Test
    void questionsKeepWithinTheirWeight() {
        for (int pair = 0; pair < 1_000; pair++) {
            world.book("a", "P" + pair);
        }
        int asked = world.silence(31 + 60).size();
        // 120 a minute of 5 each, and what a quarter of a minute had saved.
        assertThat(asked).isBetween(24, 24 + 8);
    }

    @Test
    void tradesOfTwentyPairsWeighAsMuchAsOfOne() {
        for (int pair = 0; pair < 1_000; pair++) {
            world.trades("a", "P" + pair);
        }
        // A quarter of a minute's weight at once: 15 requests of twenty.
        assertThat(world.silence(31)).hasSize(300);
    }

    @Test
    void aQuestionThatFailsIsAskedAgain() {
        Stream btc = world.book("a", "BTC");
        world.flow(60, btc);
        world.silence(14);
        world.answer(BTC_BOOK, new Answer.Failed());
        assertThat(world.silence(10)).containsExactly(new Ask(BTC_BOOK));
        assertThat(world.tally()).isEqualTo(new Watchdog.Tally(1, 0, 0, 0));
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() ->
                        new WatchdogSettings(
                                Duration.ofSeconds(1),
                                4,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                0.5,
                                100))
                .hasMessage(
                        "watchdog settings: ceiling PT5S is below floor PT10S or firstWithin PT1S");
    }
}
