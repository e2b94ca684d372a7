package io.tapeline.benchmarks.decoding;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Origin;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;

/**
 * The fields of an event as a JSON library gives them, by the exchange's letters, and what they
 * make; common to the decoders that ours is measured against, and checked as strictly.
 */
final class EventFields {

    private static final String DEPTH = "eEsUuba";
    private static final String KLINE = "eEsk";
    private static final String CANDLE = "tTsiochlvnxqVQ";
    private static final String MINI = "eEsohlcvq";
    private static final String FULL = MINI + "pPwxQbBaAOCFLn";

    String text = "";
    boolean closed;
    Levels bids = Levels.EMPTY;
    Levels asks = Levels.EMPTY;

    private final long[] integers = new long[128];
    private final Decimal[] decimals = new Decimal[128];
    private long seen;

    void seen(String letter) throws MalformedPayload {
        if (letter.equals("pu") || letter.equals("ps")) {
            throw new MalformedPayload("field " + letter + " is of futures");
        }
        if (letter.length() == 1
                && Character.isLetter(letter.charAt(0))
                && letter.charAt(0) < 128) {
            long bit = 1L << letter.charAt(0);
            if ((seen & bit) != 0) {
                throw new MalformedPayload("field " + letter + " is there twice");
            }
            seen |= bit;
        }
    }

    void put(char letter, long value) {
        integers[letter] = value;
    }

    void put(char letter, Decimal value) {
        decimals[letter] = value;
    }

    private void require(String letters) throws MalformedPayload {
        for (int i = 0; i < letters.length(); i++) {
            if ((seen & 1L << letters.charAt(i)) == 0) {
                throw new MalformedPayload("field " + letters.charAt(i) + " is missing");
            }
        }
    }

    private EpochMicros time(char letter, RawRecord record) throws MalformedPayload {
        try {
            if (integers[letter] < 0) {
                throw new MalformedPayload("field " + letter + " is a time before 1970");
            }
            return record.unit().toMicros(integers[letter]);
        } catch (ArithmeticException e) {
            throw new MalformedPayload("field " + letter + " is too large for a time", e);
        }
    }

    private Price price(char letter) {
        return new Price(decimals[letter]);
    }

    private Quantity quantity(char letter) {
        return new Quantity(decimals[letter]);
    }

    DepthUpdate depthUpdate(RawRecord record) throws MalformedPayload {
        require(DEPTH);
        try {
            return new DepthUpdate(
                    record.instrument(),
                    time('E', record),
                    integers['U'],
                    integers['u'],
                    bids,
                    asks);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("depthUpdate", e);
        }
    }

    /**
     * @param candle the fields of {@code k}
     */
    Candle candle(RawRecord record, EventFields candle) throws MalformedPayload {
        require(KLINE);
        candle.require(CANDLE);
        try {
            return new Candle(
                    record.instrument(),
                    Interval.of(candle.text),
                    candle.time('t', record),
                    candle.time('T', record),
                    time('E', record),
                    candle.price('o'),
                    candle.price('h'),
                    candle.price('l'),
                    candle.price('c'),
                    candle.quantity('v'),
                    candle.quantity('q'),
                    candle.integers['n'],
                    candle.quantity('V'),
                    candle.quantity('Q'),
                    candle.closed,
                    Origin.STREAM);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("kline", e);
        }
    }

    Ticker ticker(RawRecord record) throws MalformedPayload {
        boolean full = text.equals("24hrTicker");
        require(full ? FULL : MINI);
        try {
            return new Ticker(
                    record.instrument(),
                    time('E', record),
                    price('c'),
                    price('o'),
                    price('h'),
                    price('l'),
                    quantity('v'),
                    quantity('q'),
                    full ? details(record) : null,
                    Origin.STREAM);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("ticker", e);
        }
    }

    private Ticker.Details details(RawRecord record) throws MalformedPayload {
        return new Ticker.Details(
                decimals['p'],
                decimals['P'],
                price('w'),
                price('x'),
                quantity('Q'),
                price('b'),
                quantity('B'),
                price('a'),
                quantity('A'),
                time('O', record),
                time('C', record),
                integers['F'],
                integers['L'],
                integers['n']);
    }
}
