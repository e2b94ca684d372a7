package io.tapeline.query.live;

import io.tapeline.query.follow.LiveEvent;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One change for each event, however many are told of it: those told just now are remembered, so
 * that an event is made into text once and not once for each subscriber.
 */
final class Changes {

    private static final int REMEMBERED = 1_024;

    /** A whole book may be a megabyte. */
    private static final int BOOKS_REMEMBERED = 16;

    private final LiveTexts texts;
    private final AtomicReferenceArray<Remembered> recent = new AtomicReferenceArray<>(REMEMBERED);
    private final AtomicReferenceArray<Remembered> books =
            new AtomicReferenceArray<>(BOOKS_REMEMBERED);

    private record Remembered(LiveEvent event, Change change) {}

    Changes(LiveTexts texts) {
        this.texts = texts;
    }

    Change of(LiveEvent event) {
        AtomicReferenceArray<Remembered> held =
                event instanceof LiveEvent.BookSnapshot ? books : recent;
        int index = Math.floorMod(System.identityHashCode(event), held.length());
        Remembered found = held.get(index);
        if (found != null && found.event() == event) {
            return found.change();
        }
        Change change = make(event);
        held.set(index, new Remembered(event, change));
        return change;
    }

    /** A slot for each candle: the last word on one is not overtaken by the first on the next. */
    private Change make(LiveEvent event) {
        return switch (event) {
            case LiveEvent.PriceChange price ->
                    new Change(LiveType.PRICE, price.instrument(), "", () -> texts.price(price));
            case LiveEvent.CandleChange candle ->
                    new Change(
                            LiveType.CANDLE,
                            candle.instrument(),
                            candle.candle().interval().id() + candle.candle().openTime().value(),
                            () -> texts.candle(candle));
            case LiveEvent.BookSnapshot book ->
                    new Change(
                            LiveType.DEPTH,
                            book.instrument(),
                            new Object(),
                            () -> texts.depth(book));
            case LiveEvent.BookDelta delta ->
                    new Change(
                            LiveType.DEPTH,
                            delta.instrument(),
                            new Object(),
                            () -> texts.depth(delta));
            case LiveEvent.BookLost lost ->
                    new Change(
                            LiveType.DEPTH,
                            lost.instrument(),
                            new Object(),
                            () -> texts.depth(lost));
            case LiveEvent.TickerChange ticker ->
                    throw new IllegalArgumentException(
                            "live: tickers are not told: " + ticker.instrument());
        };
    }
}
