package io.tapeline.query.completeness;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.at;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.candles.ListedHistory;
import io.tapeline.query.completeness.Completeness.Report;
import io.tapeline.query.completeness.MissingMinutes.Reason;
import io.tapeline.query.history.Minutes;
import io.tapeline.query.through.ExchangeCandles.Reply;
import io.tapeline.query.through.ListedExchange;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.SetClock;
import io.tapeline.query.through.Shortfall;
import io.tapeline.query.through.ThroughLimits;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import io.tapeline.schemas.proto.GapOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pair listed at noon, three days long, with all kinds of holes. */
final class CompletenessTest {

    private static final ThroughLimits LIMITS =
            new ThroughLimits(Duration.ofSeconds(20), ThroughLimits.LEAST_MINUTES, 4);
    private static final EpochMicros DAY = at("2024-08-08T00:00:00Z");
    private static final EpochMicros LISTED = at("2024-08-08T12:00:00Z");

    /** 14:00 of the third day. */
    private static final int ALL = 12 * 60 + 1_440 + 14 * 60;

    private final List<Candle> real = Minutes.random(new Random(3), BTC, LISTED, ALL);
    private final SetClock clock =
            new SetClock(plusMinutes(LISTED, ALL).toInstant().plusSeconds(4));

    private static EpochMicros minute(int index) {
        return plusMinutes(LISTED, index);
    }

    private static Gap gap(int from, int to, GapOutcome outcome, String how) {
        return Gap.newBuilder()
                .setId("candles:" + BTC.id() + ":1m:" + minute(from).value())
                .setInstrument(BTC.id())
                .setKind(GapKind.GAP_KIND_CANDLES)
                .setCause("missing")
                .setFrom(minute(from).value())
                .setTo(minute(to).value())
                .setFoundUs(minute(to + 1).value())
                .setOutcome(outcome)
                .setHow(how)
                .build();
    }

    private static MissingMinutes missing(int from, int to, Reason reason, String how) {
        return new MissingMinutes(new MinuteSpan(minute(from), minute(to)), reason, how);
    }

    private static List<Candle> without(List<Candle> minutes, int from, int to) {
        return minutes.stream()
                .filter(m ->
                        m.openTime().compareTo(minute(from)) < 0
                                || m.openTime().compareTo(minute(to)) >= 0)
                .toList();
    }

    @Test
    void eachMissingMinuteHasItsReason() {
        List<Candle> atExchange = without(real, 5, 15);
        List<Candle> recorded =
                without(without(without(without(atExchange, 40, 42), 60, 61), 100, 130), 800, 803);
        List<Gap> ledger =
                List.of(
                        gap(40, 41, GapOutcome.GAP_OUTCOME_OPEN, ""),
                        gap(60, 60, GapOutcome.GAP_OUTCOME_UNFILLABLE, "given up"),
                        gap(200, 209, GapOutcome.GAP_OUTCOME_FILLED, "candles of rest"),
                        gap(800, 801, GapOutcome.GAP_OUTCOME_FILLED, "candles of rest"));
        try (ReadThrough through =
                new ReadThrough(_ -> true, new ListedExchange(atExchange), LIMITS, clock)) {
            Report report =
                    new Completeness(new ListedHistory(_ -> recorded, ledger), through)
                            .report(BTC, plusMinutes(DAY, -1_440), plusMinutes(DAY, 4 * 1_440));
            assertThat(report)
                    .isEqualTo(
                            new Report(
                                    LISTED,
                                    List.of(
                                            new DayReport(
                                                    new MinuteSpan(minute(0), minute(720)),
                                                    720,
                                                    720 - 43,
                                                    10,
                                                    List.of(
                                                            missing(
                                                                    5,
                                                                    15,
                                                                    Reason.NOT_AT_EXCHANGE,
                                                                    ""),
                                                            missing(40, 42, Reason.OPEN, "missing"),
                                                            missing(
                                                                    60,
                                                                    61,
                                                                    Reason.UNFILLABLE,
                                                                    "given up"),
                                                            missing(
                                                                    100,
                                                                    130,
                                                                    Reason.NOT_FETCHED,
                                                                    ""))),
                                            new DayReport(
                                                    new MinuteSpan(minute(720), minute(2_160)),
                                                    1_440,
                                                    1_437,
                                                    0,
                                                    List.of(
                                                            missing(
                                                                    800,
                                                                    802,
                                                                    Reason.FILLED,
                                                                    "candles of rest"),
                                                            missing(
                                                                    802,
                                                                    803,
                                                                    Reason.NOT_FETCHED,
                                                                    ""))),
                                            new DayReport(
                                                    new MinuteSpan(minute(2_160), minute(ALL)),
                                                    840,
                                                    840,
                                                    0,
                                                    List.of())),
                                    true));
        }
    }

    @Test
    void whereTheExchangeCannotBeAskedTheListingIsNotKnown() {
        ListedExchange exchange = new ListedExchange(real);
        exchange.answers(() -> new Reply.NotNow(new Shortfall("away", Duration.ofSeconds(1))));
        try (ReadThrough through = new ReadThrough(_ -> true, exchange, LIMITS, clock)) {
            Report report =
                    new Completeness(new ListedHistory(real), through)
                            .report(BTC, DAY, plusMinutes(DAY, 1_440));
            assertThat(report.listed()).isNull();
            assertThat(report.days())
                    .containsExactly(
                            new DayReport(
                                    new MinuteSpan(DAY, plusMinutes(DAY, 1_440)),
                                    1_440,
                                    720,
                                    0,
                                    List.of(
                                            new MissingMinutes(
                                                    new MinuteSpan(DAY, LISTED),
                                                    Reason.NOT_FETCHED,
                                                    ""))));
        }
    }
}
