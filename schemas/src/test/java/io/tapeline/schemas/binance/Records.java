package io.tapeline.schemas.binance;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;

/** Raw records for tests. */
final class Records {

    static final Instrument BTCUSDT = Instrument.binance("BTCUSDT");

    /** 2024-08-09T00:00:10Z */
    static final EpochNanos RECEIVED = new EpochNanos(1_723_161_610_000_000_000L);

    private Records() {}

    static RawRecord stream(String stream, String payload) {
        return of(BTCUSDT, stream, payload, ExchangeTimeUnit.MILLISECONDS);
    }

    static RawRecord of(
            Instrument instrument, String stream, String payload, ExchangeTimeUnit unit) {
        return of(instrument, stream, payload.getBytes(StandardCharsets.UTF_8), unit, RECEIVED);
    }

    static RawRecord of(
            Instrument instrument,
            String stream,
            byte[] payload,
            ExchangeTimeUnit unit,
            EpochNanos received) {
        return new RawRecord(instrument, payload, stream, "a", received, unit);
    }
}
