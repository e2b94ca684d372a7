package io.tapeline.ingestor.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.share.LapseJudge.Between;
import io.tapeline.ingestor.share.LapseJudge.Verdict;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Times are seconds. */
class LapseJudgeTest {

    private static final StreamKey STREAM =
            new StreamKey(Instrument.binance("BTCUSDT"), EventKind.TICKERS, Optional.empty());
    private static final Verdict NOTHING = new Verdict.Nothing();

    private final LapseJudge judge = new LapseJudge(100);

    @Test
    void whatAnotherLineCarriedAllTheWhileIsNotMissing() {
        assertThat(judge.judge(lapse("a", 10, 20), Map.of("b", carried(0, 20)), false))
                .isEqualTo(NOTHING);
    }

    @Test
    void withoutAnotherLineAllOfItIsMissing() {
        assertThat(judge.judge(lapse("a", 10, 20), Map.of(), false)).isEqualTo(missing(10, 20));
    }

    @Test
    void anotherLinesWordIsWaitedForAsLongAsItMayComeAndNotBeyond() {
        Map<String, Carried> b = Map.of("b", carried(0, 19));
        assertThat(judge.judge(lapse("a", 10, 20), b, false)).isEqualTo(new Verdict.NotYet());
        assertThat(judge.judge(lapse("a", 10, 20), b, true)).isEqualTo(missing(19, 20));
        assertThat(judge.judge(lapse("a", 110, 120), b, false)).isEqualTo(missing(110, 120));
    }

    @Test
    void ofLinesThatWereAwayTogetherTheFirstToBeBackSpeaksForAll() {
        Lapse a = lapse("a", 10, 30);
        Lapse b = lapse("b", 15, 20);
        judge.remember(b);
        assertThat(judge.judge(b, Map.of("a", carried(0, 10)), true)).isEqualTo(missing(15, 20));
        judge.remember(a);
        assertThat(judge.judge(a, Map.of("b", carried(0, 31)), false)).isEqualTo(NOTHING);
    }

    @Test
    void whatALineDidNotCarryIsNoEvidenceThoughItWasThereBeforeAndAfter() {
        judge.remember(lapse("b", 12, 14));
        assertThat(judge.judge(lapse("a", 10, 20), Map.of("b", carried(0, 25)), false))
                .isEqualTo(missing(12, 14));
    }

    @Test
    void theVeryFirstIsMissingWithoutABeginning() {
        Lapse a = first("a", 10);
        Lapse b = first("b", 12);
        judge.remember(a);
        assertThat(judge.judge(a, Map.of(), false)).isEqualTo(new Verdict.First());
        judge.remember(b);
        assertThat(judge.judge(b, Map.of("a", carried(9, 13)), false)).isEqualTo(NOTHING);
    }

    @Test
    void aLineThatIsNewBesideOneThatHasRunForLongMissesNothing() {
        assertThat(judge.judge(first("b", 5_000), Map.of("a", carried(0, 5_000)), false))
                .isEqualTo(NOTHING);
    }

    @Test
    void whatWasFoundMissingIsNotFoundMissingAgainUntilItIsForgotten() {
        assertThat(judge.judge(lapse("a", 10, 20), Map.of(), false)).isEqualTo(missing(10, 20));
        assertThat(judge.judge(lapse("a", 10, 20), Map.of(), false)).isEqualTo(NOTHING);
        judge.forget(at(20 + 601));
        assertThat(judge.judge(lapse("a", 10, 20), Map.of(), false)).isEqualTo(missing(10, 20));
    }

    @Test
    void streamsOfOneInstrumentAreJudgedEachByItself() {
        StreamKey book =
                new StreamKey(Instrument.binance("BTCUSDT"), EventKind.DEPTH, Optional.empty());
        judge.remember(new Lapse("b", book, Optional.of(at(10)), at(20), "stalled"));
        assertThat(judge.judge(lapse("a", 10, 20), Map.of("b", carried(0, 30)), false))
                .isEqualTo(NOTHING);
    }

    @Test
    void noMoreIsRememberedThanThereIsRoomFor() {
        LapseJudge small = new LapseJudge(1);
        assertThat(small.remember(lapse("a", 10, 20))).isTrue();
        assertThat(small.remember(lapse("b", 10, 20))).isFalse();
        small.forget(at(1_000));
        assertThat(small.remember(lapse("b", 990, 999))).isTrue();
    }

    private static Verdict missing(long from, long to) {
        return new Verdict.Missing(List.of(new Between(at(from), at(to))));
    }

    private static Lapse lapse(String line, long from, long to) {
        return new Lapse(line, STREAM, Optional.of(at(from)), at(to), "connection lost: test");
    }

    private static Lapse first(String line, long to) {
        return new Lapse(line, STREAM, Optional.empty(), at(to), "start");
    }

    private static Carried carried(long since, long until) {
        return new Carried(at(since), at(until));
    }

    private static EpochMicros at(long seconds) {
        return new EpochMicros(seconds * 1_000_000);
    }
}
