package io.tapeline.query.history;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.MalformedPayload;
import io.tapeline.schemas.wire.ProtoCodec;
import io.tapeline.schemas.wire.TickerCodec;

/**
 * Something that was told of an instrument at a time, whole, as the clean topic's record has it:
 * what stores keep of kinds that they are not asked to add up.
 */
public record Told(Instrument instrument, EpochMicros time, byte[] message) {

    private static final Codec<Ticker> TICKERS = new TickerCodec();
    private static final Codec<InstrumentInfo> INSTRUMENTS =
            ProtoCodec.of(InstrumentInfo.getDefaultInstance());

    /** At its event time. */
    public static Told of(Ticker ticker) {
        return new Told(ticker.instrument(), ticker.eventTime(), TICKERS.encode(ticker));
    }

    /** At the time of its update. */
    public static Told of(InstrumentInfo info) {
        return new Told(
                Instrument.parse(info.getInstrument()),
                new EpochMicros(info.getUpdatedUs()),
                INSTRUMENTS.encode(info));
    }

    /**
     * @throws IllegalStateException if the bytes are not what {@link #of(Ticker)} gave
     */
    public static Ticker ticker(byte[] message) {
        return decode(TICKERS, message);
    }

    /** Likewise. */
    public static InstrumentInfo instrument(byte[] message) {
        return decode(INSTRUMENTS, message);
    }

    private static <V> V decode(Codec<V> codec, byte[] message) {
        try {
            return codec.decode(message);
        } catch (MalformedPayload e) {
            throw new IllegalStateException("history: a row is no longer a message", e);
        }
    }
}
