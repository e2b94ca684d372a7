package io.tapeline.query.mirror.stream;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.history.CandlePart;
import io.tapeline.query.mirror.DayStatistics;
import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Ticker;
import org.jspecify.annotations.Nullable;

/** The payloads of streams, field by field in the exchange's order (A.4). */
final class Payloads {

    private Payloads() {}

    /**
     * @param first the id after that of the event before
     */
    static void changes(
            ExchangeJson out,
            Instrument instrument,
            EpochMicros eventTime,
            long first,
            long last,
            Levels bids,
            Levels asks) {
        head(out, "depthUpdate", eventTime, instrument);
        out.name("U").number(first).name("u").number(last);
        out.name("b").levels(bids).name("a").levels(asks).close('}');
    }

    /** Names neither event nor symbol. */
    static void top(ExchangeJson out, LiveEvent.BookSnapshot book) {
        out.open('{').name("lastUpdateId").number(book.updateId());
        out.name("bids").levels(book.bids()).name("asks").levels(book.asks()).close('}');
    }

    /** Of a book that has both sides. */
    static void best(ExchangeJson out, LiveEvent.BookSnapshot book) {
        out.open('{').name("u").number(book.updateId());
        out.name("s").text(book.instrument().symbol());
        out.name("b").decimal(book.bids().price(0).value());
        out.name("B").decimal(book.bids().quantity(0).value());
        out.name("a").decimal(book.asks().price(0).value());
        out.name("A").decimal(book.asks().quantity(0).value()).close('}');
    }

    /** Ids of trades are not kept: -1, as of a candle without any. */
    static void candle(ExchangeJson out, CandlePart candle, EpochMicros eventTime) {
        head(out, "kline", eventTime, candle.instrument());
        out.name("k").open('{').name("t").time(candle.openTime());
        EpochMicros next = candle.interval().next(candle.openTime());
        out.name("T").time(new EpochMicros(next.value() - 1));
        out.name("s").text(candle.instrument().symbol()).name("i").text(candle.interval().id());
        out.name("f").number(DayStatistics.NO_ID).name("L").number(DayStatistics.NO_ID);
        out.name("o").decimal(candle.open().value()).name("c").decimal(candle.close().value());
        out.name("h").decimal(candle.high().value()).name("l").decimal(candle.low().value());
        out.name("v").decimal(candle.volume().value()).name("n").number(candle.trades());
        out.name("x").flag(candle.ends()).name("q").decimal(candle.quoteVolume().value());
        out.name("V").decimal(candle.takerBuyVolume().value());
        out.name("Q").decimal(candle.takerBuyQuoteVolume().value());
        out.name("B").text("0").close('}').close('}');
    }

    static void day(ExchangeJson out, Ticker ticker) {
        DayStatistics day = new DayStatistics(ticker);
        Ticker.@Nullable Details details = ticker.details();
        head(out, "24hrTicker", ticker.eventTime(), ticker.instrument());
        out.name("p").decimal(day.change());
        out.name("P").decimal(day.changePercent(), DayStatistics.PERCENT_PLACES);
        out.name("w").decimal(day.weightedAverage());
        decimal(out, "x", details == null ? null : details.previousClose().value());
        out.name("c").decimal(ticker.last().value());
        decimal(out, "Q", details == null ? null : details.lastQuantity().value());
        decimal(out, "b", details == null ? null : details.bid().value());
        decimal(out, "B", details == null ? null : details.bidQuantity().value());
        decimal(out, "a", details == null ? null : details.ask().value());
        decimal(out, "A", details == null ? null : details.askQuantity().value());
        out.name("o").decimal(ticker.open().value()).name("h").decimal(ticker.high().value());
        out.name("l").decimal(ticker.low().value());
        out.name("v").decimal(ticker.volume().value());
        out.name("q").decimal(ticker.quoteVolume().value());
        if (details == null) {
            out.name("O").text(null).name("C").time(ticker.eventTime());
            out.name("F").number(DayStatistics.NO_ID).name("L").number(DayStatistics.NO_ID);
            out.name("n").text(null).close('}');
        } else {
            out.name("O").time(details.openTime()).name("C").time(details.closeTime());
            out.name("F").number(details.firstTradeId()).name("L").number(details.lastTradeId());
            out.name("n").number(details.trades()).close('}');
        }
    }

    static void miniDay(ExchangeJson out, Ticker ticker) {
        head(out, "24hrMiniTicker", ticker.eventTime(), ticker.instrument());
        out.name("c").decimal(ticker.last().value()).name("o").decimal(ticker.open().value());
        out.name("h").decimal(ticker.high().value()).name("l").decimal(ticker.low().value());
        out.name("v").decimal(ticker.volume().value());
        out.name("q").decimal(ticker.quoteVolume().value()).close('}');
    }

    private static void decimal(ExchangeJson out, String name, @Nullable Decimal value) {
        out.name(name).decimal(value);
    }

    private static void head(
            ExchangeJson out, String event, EpochMicros eventTime, Instrument instrument) {
        out.open('{').name("e").text(event).name("E").time(eventTime);
        out.name("s").text(instrument.symbol());
    }
}
