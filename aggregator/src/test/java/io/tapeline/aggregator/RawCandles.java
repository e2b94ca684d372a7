package io.tapeline.aggregator;

import io.tapeline.schemas.market.Instrument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * A seeded stream of raw candles and of raw tickers, of instruments of their own: updates, candles
 * that close, some twice, some that are left out and come by REST later, and late ones.
 */
final class RawCandles {

    private static final int EACH = 3;
    private static final long MINUTE = 60_000;
    private static final long START = 1_700_000_040_000L;

    private final Random random;
    private final long[] minutes = new long[EACH];
    private final int[] updates = new int[EACH];
    private final long[] tickerMillis = new long[EACH];
    private final Deque<Missing> missing = new ArrayDeque<>();

    private record Missing(Instrument instrument, long openMillis) {}

    RawCandles(long seed) {
        random = new Random(seed);
    }

    /** One record each. */
    void next(RawFeed feed) {
        for (int i = 0; i < EACH; i++) {
            candle(feed, i);
            ticker(feed, i);
        }
    }

    private void candle(RawFeed feed, int which) {
        Instrument instrument = Instrument.binance("CANDLE" + which + "USDT");
        long open = START + minutes[which] * MINUTE;
        int kind = random.nextInt(20);
        if (kind < 14) {
            send(feed, instrument, open, ++updates[which], false);
        } else if (kind < 18) {
            send(feed, instrument, open, ++updates[which], true);
            if (random.nextInt(3) == 0) {
                send(feed, instrument, open, updates[which], true);
            }
            updates[which] = 0;
            minutes[which]++;
            while (random.nextInt(8) == 0) {
                missing.add(new Missing(instrument, START + minutes[which]++ * MINUTE));
            }
        } else if (kind == 18 && minutes[which] > 0) {
            send(feed, instrument, open - MINUTE, 2, false);
        } else if (kind == 19 && !missing.isEmpty()) {
            Missing one = missing.remove();
            feed.restKline(one.instrument(), Payloads.restKline(one.openMillis(), price()));
        }
    }

    private void send(RawFeed feed, Instrument instrument, long open, int update, boolean closed) {
        feed.kline(
                instrument,
                Payloads.kline(instrument.symbol(), open, open + update * 7L, price(), closed));
    }

    private void ticker(RawFeed feed, int which) {
        Instrument instrument = Instrument.binance("TICKER" + which + "USDT");
        tickerMillis[which] += random.nextInt(4);
        long late = random.nextInt(10) == 0 ? 5 : 0;
        feed.ticker(
                instrument,
                Payloads.ticker(
                        instrument.symbol(),
                        START + tickerMillis[which] - late,
                        price(),
                        price(),
                        price()));
    }

    private String price() {
        return (40 + random.nextInt(10)) + "." + (10 + random.nextInt(90));
    }
}
