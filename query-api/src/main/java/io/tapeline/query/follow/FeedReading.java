package io.tapeline.query.follow;

import io.tapeline.query.follow.LiveEvent.BookSnapshot;
import io.tapeline.query.follow.LiveEvent.CandleChange;
import io.tapeline.query.follow.LiveEvent.PriceChange;
import io.tapeline.query.follow.LiveEvent.TickerChange;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.Candle;
import io.tapeline.schemas.proto.LatestPrice;
import io.tapeline.schemas.proto.Ticker;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import io.tapeline.schemas.wire.TickerCodec;
import org.jspecify.annotations.Nullable;

/** What a feed's messages tell, as events. */
final class FeedReading {

    private FeedReading() {}

    static PriceChange price(LatestPrice price, LiveState state) throws MalformedPayload {
        return new PriceChange(LatestPriceCodec.fromProto(price), state);
    }

    static TickerChange ticker(Ticker ticker, LiveState state) throws MalformedPayload {
        return new TickerChange(TickerCodec.fromProto(ticker), state);
    }

    static CandleChange candle(Candle candle) throws MalformedPayload {
        return new CandleChange(CandleCodec.fromProto(candle));
    }

    static BookSnapshot book(BookAnswer book) throws MalformedPayload {
        try {
            return new BookSnapshot(
                    Instrument.parse(book.getInstrument()),
                    book.getTrust().getUpdateId(),
                    new EpochMicros(book.getTrust().getEventTimeUs()),
                    LevelsCodec.fromProto(book.getBids()),
                    LevelsCodec.fromProto(book.getAsks()),
                    new BookRange(bound(book.getRangeLow()), bound(book.getRangeHigh())),
                    state(book.getTrust()));
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("book: " + e.getMessage(), e);
        }
    }

    private static @Nullable Price bound(String text) {
        return text.isEmpty() ? null : Price.of(text);
    }

    static LiveState state(Trust trust) throws MalformedPayload {
        return switch (trust.getState()) {
            case "LIVE" -> LiveState.LIVE;
            case "RESYNCING" -> LiveState.RESYNCING;
            case "STALE" -> LiveState.STALE;
            default ->
                    throw new MalformedPayload(
                            "trust: state \"" + trust.getState() + "\" is not known");
        };
    }
}
