package io.tapeline.query.live;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prices and candles as they are accepted, to those who watch them. A record that nobody watches is
 * not even decoded. One that cannot be decoded is counted: recording sends it to the dead letters.
 */
public final class LiveFeed {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    private final LiveHub hub;
    private final Topics topics;
    private final Function<LatestPrice, String> priceJson;
    private final Function<Candle, String> candleJson;
    private final LongAdder malformed = new LongAdder();

    public LiveFeed(
            LiveHub hub,
            Topics topics,
            Function<LatestPrice, String> priceJson,
            Function<Candle, String> candleJson) {
        this.hub = hub;
        this.topics = topics;
        this.priceJson = priceJson;
        this.candleJson = candleJson;
    }

    /**
     * One record of the prices' or the candles' topic.
     *
     * @param key an instrument's id
     */
    public void handle(String topic, String key, byte[] value) {
        try {
            Instrument instrument = Instrument.parse(key);
            if (topic.equals(topics.prices().name())) {
                price(instrument, topics.prices().codec(), value);
            } else if (topic.equals(topics.klines().name())) {
                candle(instrument, topics.klines().codec(), value);
            }
        } catch (MalformedPayload | IllegalArgumentException e) {
            malformed.increment();
            LOG.atDebug().setCause(e).addKeyValue("topic", topic).log("live: malformed record");
        }
    }

    private void price(Instrument instrument, Codec<LatestPrice> codec, byte[] value)
            throws MalformedPayload {
        if (hub.isWatched(LiveType.PRICE, instrument)) {
            LatestPrice price = codec.decode(value);
            hub.publish(LiveType.PRICE, instrument, "", () -> priceJson.apply(price));
        }
    }

    /** A slot for each candle: the last word on one is not overtaken by the first on the next. */
    private void candle(Instrument instrument, Codec<Candle> codec, byte[] value)
            throws MalformedPayload {
        if (hub.isWatched(LiveType.CANDLE, instrument)) {
            Candle candle = codec.decode(value);
            hub.publish(
                    LiveType.CANDLE,
                    instrument,
                    candle.interval().id() + candle.openTime().value(),
                    () -> candleJson.apply(candle));
        }
    }

    /** Watched records that could not be decoded. */
    public long malformed() {
        return malformed.sum();
    }
}
