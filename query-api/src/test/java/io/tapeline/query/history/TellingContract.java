package io.tapeline.query.history;

import static io.tapeline.query.history.Minutes.BTC;
import static io.tapeline.query.history.Minutes.ETH;
import static io.tapeline.query.history.Minutes.minute;
import static io.tapeline.query.history.Minutes.plusMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prices, statistics, gaps and instruments, as every history store keeps and answers them. */
public abstract class TellingContract extends StoredHistory {

    @Test
    void pricesAreAnsweredInBothOrdersOncePerEventTime() {
        LatestPrice first = price(START, "61855.3", null, "61855.31");
        LatestPrice second = price(plusMinutes(START, 1), "0.000000001", "0", null);
        LatestPrice again = price(plusMinutes(START, 1), "0.000000002", "0", null);
        store.write(prices(second, first));
        store.write(prices(first, again));

        assertThat(store.prices(new PriceQuestion(BTC, EPOCH, END, Order.OLDEST_FIRST, 10)))
                .isEqualTo(
                        List.of(
                                new RecordedPrice(first, again.eventTime()),
                                new RecordedPrice(again, null)));
        assertThat(store.prices(new PriceQuestion(BTC, EPOCH, END, Order.NEWEST_FIRST, 1)))
                .isEqualTo(List.of(new RecordedPrice(again, null)));
        assertThat(
                        store.prices(
                                new PriceQuestion(
                                        BTC, START, plusMinutes(START, 1), Order.OLDEST_FIRST, 10)))
                .isEqualTo(List.of(new RecordedPrice(first, again.eventTime())));
    }

    @Test
    void aPriceIsValidUntilTheNextOneWhateverWasAskedFor() {
        List<LatestPrice> all = new ArrayList<>();
        for (int minute = 0; minute < 8; minute++) {
            all.add(price(plusMinutes(START, minute), "5", null, null));
        }
        store.write(prices(all.toArray(LatestPrice[]::new)));
        LatestPrice other =
                new LatestPrice(ETH, plusMinutes(START, 3), Price.of("1"), null, null, "ticker");
        store.write(prices(other));
        List<RecordedPrice> valid = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            valid.add(new RecordedPrice(all.get(i), i < 7 ? all.get(i + 1).eventTime() : null));
        }

        for (int from = 0; from < 8; from++) {
            for (int to = from + 1; to <= 8; to++) {
                for (int limit : new int[] {1, 3, 8}) {
                    EpochMicros begin = plusMinutes(START, from);
                    EpochMicros end = plusMinutes(START, to);
                    assertThat(
                                    store.prices(
                                            new PriceQuestion(
                                                    BTC, begin, end, Order.OLDEST_FIRST, limit)))
                            .isEqualTo(valid.subList(from, Math.min(to, from + limit)));
                    assertThat(
                                    store.prices(
                                            new PriceQuestion(
                                                    BTC, begin, end, Order.NEWEST_FIRST, limit)))
                            .isEqualTo(valid.subList(Math.max(from, to - limit), to).reversed());
                }
            }
        }
        LatestPrice next = price(plusMinutes(START, 99), "6", null, null);
        store.write(prices(next));
        assertThat(
                        store.prices(
                                new PriceQuestion(
                                        BTC, plusMinutes(START, 7), END, Order.NEWEST_FIRST, 2)))
                .isEqualTo(
                        List.of(
                                new RecordedPrice(next, null),
                                new RecordedPrice(all.get(7), next.eventTime())));
        assertThat(store.prices(new PriceQuestion(ETH, EPOCH, END, Order.NEWEST_FIRST, 1)))
                .isEqualTo(List.of(new RecordedPrice(other, null)));
    }

    @Test
    void aGapIsAnsweredAsItWasLastTold() {
        Gap open = gap("g1", BTC, START).build();
        Gap filled = gap("g1", BTC, START).setHow("snapshot 7").build();
        Gap other = gap("g2", ETH, plusMinutes(START, 1)).build();
        Gap same = gap("g3", ETH, plusMinutes(START, 1)).build();
        store.write(new HistoryBatch(List.of(), List.of(), List.of(open, other), List.of()));
        store.write(new HistoryBatch(List.of(), List.of(), List.of(same, open, filled), List.of()));

        assertThat(store.gaps(new GapQuestion(null, null, EPOCH, END, null, 10)))
                .isEqualTo(List.of(other, same, filled));
        assertThat(store.gaps(new GapQuestion(Venue.BINANCE, "BTCUSDT", EPOCH, END, null, 10)))
                .isEqualTo(List.of(filled));
        assertThat(
                        store.gaps(
                                new GapQuestion(
                                        null,
                                        null,
                                        EPOCH,
                                        END,
                                        new GapQuestion.After(plusMinutes(START, 1), "g2"),
                                        10)))
                .isEqualTo(List.of(same, filled));
    }

    private static Ticker ticker(Instrument instrument, EpochMicros time, String last) {
        return new Ticker(
                instrument,
                time,
                Price.of(last),
                Price.of("1"),
                Price.of("99999"),
                Price.of("0.00000001"),
                Quantity.of("123456789.5"),
                Quantity.of(TEN_38),
                null,
                Origin.STREAM);
    }

    @Test
    void tickersAreAnsweredInBothOrdersOncePerEventTime() {
        List<Ticker> all = new ArrayList<>();
        for (int minute = 0; minute < 10; minute++) {
            all.add(ticker(BTC, plusMinutes(START, minute), "6000" + minute));
        }
        Ticker again = ticker(BTC, plusMinutes(START, 9), "70000");
        store.write(tickers(all));
        store.write(tickers(List.of(ticker(ETH, START, "5"), all.get(0), again)));
        all.set(9, again);

        assertThat(
                        store.tickers(
                                new TickerQuestion(
                                        BTC,
                                        plusMinutes(START, 2),
                                        plusMinutes(START, 8),
                                        Order.OLDEST_FIRST,
                                        3)))
                .isEqualTo(all.subList(2, 5));
        assertThat(store.tickers(new TickerQuestion(BTC, EPOCH, END, Order.NEWEST_FIRST, 2)))
                .isEqualTo(List.of(again, all.get(8)));
        assertThat(
                        store.tickers(
                                new TickerQuestion(
                                        Instrument.binance("NONE"),
                                        EPOCH,
                                        END,
                                        Order.NEWEST_FIRST,
                                        2)))
                .isEmpty();
    }

    private static HistoryBatch tickers(List<Ticker> tickers) {
        return new HistoryBatch(List.of(), List.of(), tickers, List.of(), List.of(), List.of(), "");
    }

    @Test
    void whatWasKnownOfAnInstrumentIsKeptStateByState() {
        InstrumentInfo listed =
                InstrumentInfo.newBuilder()
                        .setInstrument(BTC.id())
                        .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                        .setUpdatedUs(START.value())
                        .build();
        InstrumentInfo delisted =
                listed.toBuilder()
                        .setStatus(InstrumentStatus.INSTRUMENT_STATUS_DELISTED)
                        .setUpdatedUs(plusMinutes(START, 7).value())
                        .build();
        HistoryBatch both =
                new HistoryBatch(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(listed, delisted),
                        List.of(),
                        List.of(),
                        "");
        store.write(both);
        store.write(both);

        assertThat(
                        store.instruments(
                                new InstrumentQuestion(BTC, EPOCH, END, Order.OLDEST_FIRST, 10)))
                .isEqualTo(List.of(listed, delisted));
        assertThat(
                        store.instruments(
                                new InstrumentQuestion(
                                        BTC, EPOCH, plusMinutes(START, 7), Order.NEWEST_FIRST, 10)))
                .isEqualTo(List.of(listed));
    }
}
