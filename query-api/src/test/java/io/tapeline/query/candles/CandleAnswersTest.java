package io.tapeline.query.candles;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.at;
import static io.tapeline.query.history.Minutes.minute;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.history.Order;
import io.tapeline.query.routing.Answer;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Laying live minutes over recorded ones. */
final class CandleAnswersTest {

    private static final EpochMicros START = at("2024-08-08T21:17:00Z");
    private static final int ALL = 400;

    private final List<Candle> minutes = Minutes.random(new Random(21), BTC, START, ALL);

    private CandleAnswers answers(int recorded, int heldFrom) {
        return new CandleAnswers(
                _ -> new Answer.Found<>(minutes.subList(heldFrom, ALL)),
                new ListedHistory(minutes.subList(0, recorded)));
    }

    private static CandlePage page(CandleAnswers answers, CandleRange range) {
        return ((Answer.Found<CandlePage>) answers.ask(BTC, range)).value();
    }

    private static CandleRange range(
            Interval interval, @Nullable EpochMicros from, @Nullable EpochMicros to, int limit) {
        return CandleRange.of(interval, from, to, limit);
    }

    @Test
    void whereverTheStateBeginsEachCandleIsTheSame() {
        for (Interval interval :
                List.of(Interval.ONE_MINUTE, Interval.FIVE_MINUTES, Interval.ONE_HOUR)) {
            List<CandlePart> expected = Minutes.rollUp(minutes, interval);
            for (int heldFrom = 1; heldFrom < ALL; heldFrom += 7) {
                CandlePage page =
                        page(answers(ALL - 2, heldFrom), range(interval, null, null, 500));
                assertThat(page.items())
                        .as("%s, held from %d", interval, heldFrom)
                        .extracting(AnsweredCandle::part)
                        .isEqualTo(expected);
                assertThat(page.continueAt()).isNull();
            }
        }
    }

    @Test
    void pagesInEitherDirectionMeetWithoutAHoleOrARepetition() {
        CandleAnswers answers = answers(ALL - 1, 300);
        List<CandlePart> expected = Minutes.rollUp(minutes, Interval.FIVE_MINUTES);

        List<CandlePart> forward = new ArrayList<>();
        CandleRange next = range(Interval.FIVE_MINUTES, at("2024-01-01T00:00:00Z"), null, 7);
        while (next != null) {
            CandlePage page = page(answers, next);
            page.items().forEach(item -> forward.add(item.part()));
            EpochMicros at = page.continueAt();
            next = at == null ? null : next.continuedAt(at);
        }
        assertThat(forward).isEqualTo(expected);

        List<CandlePart> backward = new ArrayList<>();
        next = range(Interval.FIVE_MINUTES, null, null, 7);
        while (next != null) {
            CandlePage page = page(answers, next);
            backward.addAll(0, page.items().stream().map(AnsweredCandle::part).toList());
            EpochMicros at = page.continueAt();
            next = at == null ? null : next.continuedAt(at);
        }
        assertThat(backward).isEqualTo(expected);
    }

    @Test
    void theOpenMinuteAndEachCandleItBelongsToAreOpen() {
        List<Candle> held = new ArrayList<>(minutes.subList(390, ALL));
        held.add(minute(BTC, plusMinutes(START, ALL), "1", "2", "1", "2", "3", false));
        CandleAnswers answers =
                new CandleAnswers(
                        _ -> new Answer.Found<>(held), new ListedHistory(minutes.subList(0, 395)));

        assertThat(page(answers, range(Interval.ONE_MINUTE, null, null, 3)).items())
                .extracting(AnsweredCandle::closed)
                .containsExactly(true, true, false);
        CandlePage hours = page(answers, range(Interval.ONE_HOUR, null, null, 2));
        assertThat(hours.items()).extracting(AnsweredCandle::closed).containsExactly(true, false);
        assertThat(hours.items())
                .extracting(AnsweredCandle::origin)
                .containsExactly(CandleOrigin.HISTORY, CandleOrigin.STREAM);
    }

    @Test
    void beforeAHoleInTheStateTheHistoryAnswers() {
        List<Candle> held = new ArrayList<>(minutes.subList(380, 385));
        held.addAll(minutes.subList(386, ALL));
        CandleAnswers answers =
                new CandleAnswers(
                        _ -> new Answer.Found<>(held), new ListedHistory(minutes.subList(0, 399)));

        assertThat(page(answers, range(Interval.ONE_MINUTE, null, null, 30)).items())
                .extracting(AnsweredCandle::part)
                .isEqualTo(Minutes.rollUp(minutes.subList(370, ALL), Interval.ONE_MINUTE));
    }

    private static List<Boolean> complete(CandleAnswers answers, Interval interval) {
        return page(answers, range(interval, null, null, 100)).items().stream()
                .map(AnsweredCandle::complete)
                .toList();
    }

    /** From 21:17: the candle of 21:15 lacks 21:15 and 21:16. */
    @Test
    void aCandleInWhoseMidstRecordingBeganIsClosedButNotComplete() {
        List<Candle> few = minutes.subList(0, 13);
        for (int heldFrom = 0; heldFrom < few.size(); heldFrom++) {
            List<Candle> held = few.subList(heldFrom, few.size());
            CandleAnswers answers =
                    new CandleAnswers(
                            _ -> new Answer.Found<>(held), new ListedHistory(few.subList(0, 12)));
            assertThat(complete(answers, Interval.FIVE_MINUTES))
                    .as("held from %d", heldFrom)
                    .containsExactly(false, true, true);
            assertThat(page(answers, range(Interval.FIVE_MINUTES, null, null, 100)).items())
                    .as("held from %d", heldFrom)
                    .extracting(AnsweredCandle::closed)
                    .containsExactly(true, true, true);
            assertThat(complete(answers, Interval.ONE_MINUTE)).hasSize(13).containsOnly(true);
            assertThat(complete(answers, Interval.ONE_HOUR)).containsExactly(false);
        }
    }

    @Test
    void aHoleInTheHistoryLeavesItsCandlesIncomplete() {
        List<Candle> recorded = new ArrayList<>(minutes.subList(3, 30));
        recorded.remove(minutes.get(10));
        CandleAnswers answers =
                new CandleAnswers(
                        _ -> new Answer.Found<>(minutes.subList(28, 33)),
                        new ListedHistory(recorded));
        assertThat(complete(answers, Interval.FIVE_MINUTES))
                .containsExactly(true, false, true, true, true, true);
        CandleAnswers alone =
                new CandleAnswers(_ -> new Answer.Unknown<>(), new ListedHistory(recorded));
        assertThat(complete(alone, Interval.FIVE_MINUTES))
                .containsExactly(true, false, true, true, true, true);
    }

    /** The minute between what is recorded and what is held is in neither. */
    @Test
    void aMinuteThatNeitherStateNorHistoryHoldsLeavesItsCandleIncomplete() {
        CandleAnswers answers =
                new CandleAnswers(
                        _ -> new Answer.Found<>(minutes.subList(15, 18)),
                        new ListedHistory(minutes.subList(3, 14)));
        assertThat(complete(answers, Interval.FIVE_MINUTES)).containsExactly(true, true, false);
    }

    @Test
    void anOpenCandleIsCompleteUpToTheNewestMinute() {
        List<Candle> held = new ArrayList<>(minutes.subList(23, 25));
        held.add(minute(BTC, plusMinutes(START, 25), "1", "2", "1", "2", "3", false));
        CandleAnswers answers =
                new CandleAnswers(
                        _ -> new Answer.Found<>(held), new ListedHistory(minutes.subList(3, 23)));
        assertThat(page(answers, range(Interval.FIVE_MINUTES, null, null, 1)).items())
                .extracting(AnsweredCandle::closed, AnsweredCandle::complete)
                .containsExactly(tuple(false, true));
        CandleAnswers late =
                new CandleAnswers(
                        _ -> new Answer.Found<>(held.subList(1, 3)), new ListedHistory(List.of()));
        assertThat(page(late, range(Interval.FIVE_MINUTES, null, null, 1)).items())
                .extracting(AnsweredCandle::closed, AnsweredCandle::complete)
                .containsExactly(tuple(false, false));
    }

    @Test
    void boundsThatAreNoOpenTimesCountTheCandlesThatOpenWithinThem() {
        CandlePage page =
                page(
                        answers(ALL, 390),
                        range(
                                Interval.FIVE_MINUTES,
                                at("2024-08-08T21:20:00.000001Z"),
                                at("2024-08-08T21:35:00.000001Z"),
                                100));
        assertThat(page.items())
                .extracting(item -> item.part().openTime())
                .containsExactly(
                        at("2024-08-08T21:25:00Z"),
                        at("2024-08-08T21:30:00Z"),
                        at("2024-08-08T21:35:00Z"));
    }

    @Test
    void withoutTheStateOnlyWhatIsPastIsAnswered() {
        CandleAnswers answers =
                new CandleAnswers(
                        _ -> new Answer.NotReady<>("away", Duration.ofSeconds(2)),
                        new ListedHistory(minutes));
        assertThat(answers.ask(BTC, range(Interval.ONE_MINUTE, null, null, 5)))
                .isEqualTo(new Answer.NotReady<>("away", Duration.ofSeconds(2)));
        CandlePage past =
                page(answers, range(Interval.ONE_MINUTE, null, plusMinutes(START, 100), 5));
        assertThat(past.items())
                .extracting(AnsweredCandle::part)
                .isEqualTo(Minutes.rollUp(minutes.subList(95, 100), Interval.ONE_MINUTE));
    }

    @Test
    void whatNeitherKnowsIsUnknown() {
        CandleAnswers answers =
                new CandleAnswers(_ -> new Answer.Unknown<>(), new ListedHistory(List.of()));
        assertThat(answers.ask(BTC, range(Interval.ONE_MINUTE, null, null, 5)))
                .isEqualTo(new Answer.Unknown<>());
    }

    @Test
    void aRangeWithoutABeginningIsTheNewest() {
        assertThat(range(Interval.ONE_MINUTE, null, START, 5).order())
                .isEqualTo(Order.NEWEST_FIRST);
        assertThat(range(Interval.ONE_MINUTE, START, null, 5).order())
                .isEqualTo(Order.OLDEST_FIRST);
    }
}
