package io.tapeline.aggregator.query;

import com.google.protobuf.Message;
import io.tapeline.aggregator.tap.Kind;
import io.tapeline.aggregator.tap.Place;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.Candle;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a follower is told that the stores hold: by the active instance alone. */
final class HeldState {

    private final MarketQueries market;
    private final BookQueries books;

    HeldState(MarketQueries market, BookQueries books) {
        this.market = market;
        this.books = books;
    }

    sealed interface Held {

        /** Empty where the store knows nothing of the instrument. */
        record Here(List<FeedMessage> messages) implements Held {}

        /** This instance is not, or not now, the one that tells. */
        record Elsewhere(String reason) implements Held {}
    }

    Held of(Place place) {
        Instrument instrument = place.instrument();
        return switch (place.kind()) {
            case PRICES -> here(market.price(instrument), PriceAnswer::getTrust, HeldState::price);
            case TICKERS ->
                    here(market.ticker(instrument), TickerAnswer::getTrust, HeldState::ticker);
            case BOOKS ->
                    here(
                            books.book(instrument, Integer.MAX_VALUE),
                            BookAnswer::getTrust,
                            book -> FeedMessage.newBuilder().setBookHeld(book).build());
            case CANDLES -> candles(instrument);
        };
    }

    /** Of candles nothing: there is one of each instrument soon. */
    List<FeedMessage> all(Kind kind) {
        return switch (kind) {
            case PRICES -> market.prices().stream().map(HeldState::price).toList();
            case TICKERS -> market.tickers().stream().map(HeldState::ticker).toList();
            case CANDLES, BOOKS -> List.of();
        };
    }

    /** The newest of each interval that there is. */
    private Held candles(Instrument instrument) {
        List<FeedMessage> newest = new ArrayList<>();
        for (Interval interval : Interval.values()) {
            Held held =
                    here(
                            market.candles(instrument, interval, 1),
                            CandlesAnswer::getTrust,
                            answer -> candle(answer.getItems(0)));
            switch (held) {
                case Held.Here(List<FeedMessage> messages) -> newest.addAll(messages);
                case Held.Elsewhere _ -> {
                    return held;
                }
            }
        }
        return new Held.Here(newest);
    }

    private static FeedMessage price(PriceAnswer price) {
        return FeedMessage.newBuilder().setPriceHeld(price).build();
    }

    private static FeedMessage ticker(TickerAnswer ticker) {
        return FeedMessage.newBuilder().setTickerHeld(ticker).build();
    }

    private static FeedMessage candle(Candle candle) {
        return FeedMessage.newBuilder().setCandleHeld(candle).build();
    }

    private static <A extends Message> Held here(
            QueryOutcome<A> outcome, Function<A, Trust> trust, Function<A, FeedMessage> message) {
        return switch (outcome) {
            case QueryOutcome.Found<A>(A answer) ->
                    trust.apply(answer).getStandby()
                            ? new Held.Elsewhere("a standby is here")
                            : new Held.Here(List.of(message.apply(answer)));
            case QueryOutcome.Absent<A> _ -> new Held.Here(List.of());
            case QueryOutcome.Behind<A> _ -> new Held.Elsewhere("is not of the present");
            case QueryOutcome.NotReady<A> notReady -> new Held.Elsewhere(notReady.text());
            case QueryOutcome.OwnedByOther<A> _ -> new Held.Elsewhere("another instance holds it");
        };
    }
}
