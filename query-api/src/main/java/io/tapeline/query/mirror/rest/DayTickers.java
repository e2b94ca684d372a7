package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.DayStatistics;
import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.wire.MalformedPayload;
import io.tapeline.schemas.wire.TickerCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code ticker/24hr}. What a miniTicker does not tell, where the installation streams no more, is
 * derived where that is exact, and null else; {@link DayStatistics} has the rules.
 */
final class DayTickers implements Tickers.Kind<TickerAnswer> {

    private final State state;
    private final Fleet fleet;

    DayTickers(State state, Fleet fleet) {
        this.state = state;
        this.fleet = fleet;
    }

    Operation operation(Pairs pairs) {
        Set<String> parameters = new HashSet<>(Tickers.SELECTION);
        parameters.add("type");
        Tickers<TickerAnswer> tickers = new Tickers<>(pairs, this);
        return new Operation(
                "ticker/24hr",
                Set.copyOf(parameters),
                (query, out, reply) -> {
                    var _ = isMini(query);
                    tickers.answer(query, out, reply);
                });
    }

    private static boolean isMini(Query query) {
        String type = query.text("type");
        return switch (type) {
            case null -> false;
            case "FULL" -> false;
            case "MINI" -> true;
            default -> throw Refusal.tickerType();
        };
    }

    @Override
    public TickerAnswer one(InstrumentInfo info, Reply reply) {
        return state.ask(Store.TICKERS, info, "", TickerAnswer.parser());
    }

    @Override
    public Answer<List<TickerAnswer>> all(Predicate<Instrument> wanted) {
        return fleet.tickers(wanted);
    }

    @Override
    public Instrument instrumentOf(TickerAnswer told) {
        return Instrument.parse(told.getTicker().getInstrument());
    }

    @Override
    public boolean write(TickerAnswer told, Query query, ExchangeJson out, Reply reply) {
        reply.state(State.of(told.getTrust()));
        try {
            DayStatistics day = new DayStatistics(TickerCodec.fromProto(told.getTicker()));
            if (isMini(query)) {
                mini(out, day);
            } else {
                full(out, day);
            }
        } catch (MalformedPayload e) {
            throw new IllegalStateException("ticker: the aggregator's answer is malformed", e);
        }
        return true;
    }

    private static void full(ExchangeJson out, DayStatistics day) {
        Ticker ticker = day.ticker();
        Ticker.@Nullable Details details = day.details();
        out.open('{').name("symbol").text(ticker.instrument().symbol());
        out.name("priceChange").decimal(day.change());
        out.name("priceChangePercent").decimal(day.changePercent(), DayStatistics.PERCENT_PLACES);
        out.name("weightedAvgPrice").decimal(day.weightedAverage());
        out.name("prevClosePrice")
                .decimal(details == null ? null : details.previousClose().value());
        out.name("lastPrice").decimal(ticker.last().value());
        out.name("lastQty").decimal(details == null ? null : details.lastQuantity().value());
        out.name("bidPrice").decimal(details == null ? null : details.bid().value());
        out.name("bidQty").decimal(details == null ? null : details.bidQuantity().value());
        out.name("askPrice").decimal(details == null ? null : details.ask().value());
        out.name("askQty").decimal(details == null ? null : details.askQuantity().value());
        range(out, ticker);
        sums(out, day);
    }

    private static void mini(ExchangeJson out, DayStatistics day) {
        out.open('{').name("symbol").text(day.ticker().instrument().symbol());
        range(out, day.ticker());
        out.name("lastPrice").decimal(day.ticker().last().value());
        sums(out, day);
    }

    private static void range(ExchangeJson out, Ticker ticker) {
        out.name("openPrice").decimal(ticker.open().value());
        out.name("highPrice").decimal(ticker.high().value());
        out.name("lowPrice").decimal(ticker.low().value());
    }

    private static void sums(ExchangeJson out, DayStatistics day) {
        Ticker ticker = day.ticker();
        Ticker.@Nullable Details details = day.details();
        out.name("volume").decimal(ticker.volume().value());
        out.name("quoteVolume").decimal(ticker.quoteVolume().value());
        if (details == null) {
            out.name("openTime").text(null).name("closeTime").time(ticker.eventTime());
            out.name("firstId").number(DayStatistics.NO_ID);
            out.name("lastId").number(DayStatistics.NO_ID);
            out.name("count").text(null).close('}');
        } else {
            out.name("openTime").time(details.openTime());
            out.name("closeTime").time(details.closeTime());
            out.name("firstId").number(details.firstTradeId());
            out.name("lastId").number(details.lastTradeId());
            out.name("count").number(details.trades()).close('}');
        }
    }
}
