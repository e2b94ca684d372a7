package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.MemberTime;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.util.Optional;

/** The channel of one index on one line: where its events go, and when they last came. */
final class IndexChannel {

    private static final String PREFIX = "deribit_price_index.";
    private static final long MICROS_PER_MILLI = 1_000;

    private final Instrument instrument;
    private final RawRoute route;
    private volatile long newestNanoTime;
    private volatile long newestReceivedNanos;

    IndexChannel(Instrument instrument, String line, RawRoutes routes) {
        this.instrument = instrument;
        this.newestNanoTime = System.nanoTime();
        this.route =
                routes.route(
                        instrument,
                        EventKind.TICKERS,
                        new MemberTime("timestamp", MICROS_PER_MILLI),
                        nameOf(instrument),
                        line,
                        ExchangeTimeUnit.MILLISECONDS);
    }

    /** {@code deribit_price_index.btc_usd} */
    static String nameOf(Instrument instrument) {
        return PREFIX + instrument.symbol();
    }

    StreamKey stream() {
        return new StreamKey(instrument, EventKind.TICKERS, Optional.empty());
    }

    /** On the socket's thread. */
    void publish(byte[] data, long receivedNanos) {
        newestReceivedNanos = receivedNanos;
        newestNanoTime = System.nanoTime();
        route.publish(data, receivedNanos);
    }

    /** When something last came, by {@link System#nanoTime}; when it was made, if nothing did. */
    long newestNanoTime() {
        return newestNanoTime;
    }

    /** Nanoseconds since the epoch; 0 if nothing came yet. */
    long newestReceivedNanos() {
        return newestReceivedNanos;
    }
}
