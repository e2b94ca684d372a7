package io.tapeline.examples;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.proto.Candle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * {@code [BOOTSTRAP [INSTRUMENT [COUNT]]]}: the first closed minutes of an instrument; all, and
 * those to come, without COUNT.
 */
final class Candles {

    private final long count;
    private long told;

    private Candles(long count) {
        this.count = count;
    }

    public static void main(String[] arguments) throws InvalidProtocolBufferException {
        String bootstrap = arguments.length > 0 ? arguments[0] : "localhost:19092";
        String instrument = arguments.length > 1 ? arguments[1] : "binance:BTCUSDT";
        long count = arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE;
        Tape.read(
                bootstrap,
                "tapeline.klines",
                instrument,
                Candle::parseFrom,
                new Candles(count)::take);
    }

    private boolean take(Candle candle) {
        if (!candle.getInterval().equals("1m") || !candle.getClosed()) {
            return false;
        }
        Decimals decimals = new Decimals(candle.getWideList());
        int price = candle.getPriceExponent();
        System.out.println(
                String.join(
                        " ",
                        Instant.EPOCH.plus(candle.getOpenTimeUs(), ChronoUnit.MICROS).toString(),
                        text(decimals, Candle.OPEN_FIELD_NUMBER, candle.getOpen(), price),
                        text(decimals, Candle.HIGH_FIELD_NUMBER, candle.getHigh(), price),
                        text(decimals, Candle.LOW_FIELD_NUMBER, candle.getLow(), price),
                        text(decimals, Candle.CLOSE_FIELD_NUMBER, candle.getClose(), price),
                        text(
                                decimals,
                                Candle.VOLUME_FIELD_NUMBER,
                                candle.getVolume(),
                                candle.getQuantityExponent())));
        told++;
        return told == count;
    }

    private static String text(Decimals decimals, int field, long mantissa, int exponent) {
        return Decimals.text(decimals.value(field, 0, mantissa, exponent));
    }
}
