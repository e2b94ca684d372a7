package io.tapeline.schemas.topic;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.CollectionRecord;
import io.tapeline.schemas.proto.DeadLetter;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.ResyncRequest;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.ProtoCodec;
import io.tapeline.schemas.wire.TickerCodec;
import io.tapeline.schemas.wire.VerbatimCodec;
import java.time.Duration;
import java.util.List;

/**
 * Every topic of an installation. All have the same number of partitions and, but for {@link
 * #collections}, the instrument's id as key, so that all that concerns an instrument meets in one
 * partition.
 */
public final class Topics {

    public static final String DEFAULT_PREFIX = "tapeline.";

    /** Enough for a snapshot of 5,000 levels a side as the exchange sends it, uncompressed. */
    private static final int LARGE = 2 << 20;

    private static final int ORDINARY = 1 << 20;

    private final Topic<byte[]> rawKlines;
    private final Topic<byte[]> rawTickers;
    private final Topic<byte[]> rawDepth;
    private final Topic<Candle> klines;
    private final Topic<Ticker> tickers;
    private final Topic<LatestPrice> prices;
    private final Topic<BookEvent> depth;
    private final Topic<InstrumentInfo> instruments;
    private final Topic<Gap> gaps;
    private final Topic<ResyncRequest> resync;
    private final Topic<DeadLetter> deadLetters;
    private final Topic<CollectionRecord> collections;

    /**
     * @param prefix of every name, for example {@value #DEFAULT_PREFIX}
     */
    public Topics(String prefix) {
        Codec<byte[]> verbatim = new VerbatimCodec();
        rawKlines = delete(prefix + "raw.klines", verbatim, Duration.ofDays(3), ORDINARY);
        rawTickers = delete(prefix + "raw.tickers", verbatim, Duration.ofDays(3), ORDINARY);
        rawDepth = delete(prefix + "raw.depth", verbatim, Duration.ofDays(3), LARGE);
        klines = delete(prefix + "klines", new CandleCodec(), Duration.ofDays(7), ORDINARY);
        tickers = delete(prefix + "tickers", new TickerCodec(), Duration.ofDays(3), ORDINARY);
        prices = compact(prefix + "prices", new LatestPriceCodec());
        depth = delete(prefix + "depth", new BookEventCodec(), Duration.ofDays(3), LARGE);
        instruments =
                compact(prefix + "instruments", ProtoCodec.of(InstrumentInfo.getDefaultInstance()));
        gaps =
                delete(
                        prefix + "gaps",
                        ProtoCodec.of(Gap.getDefaultInstance()),
                        Duration.ofDays(365),
                        ORDINARY);
        resync =
                delete(
                        prefix + "resync",
                        ProtoCodec.of(ResyncRequest.getDefaultInstance()),
                        Duration.ofHours(1),
                        ORDINARY);
        deadLetters =
                delete(
                        prefix + "dead-letters",
                        ProtoCodec.of(DeadLetter.getDefaultInstance()),
                        Duration.ofDays(90),
                        LARGE + ORDINARY);
        collections =
                compact(
                        prefix + "collections",
                        ProtoCodec.of(CollectionRecord.getDefaultInstance()));
    }

    private static <V> Topic<V> delete(
            String name, Codec<V> codec, Duration retention, int maxRecordBytes) {
        return new Topic<>(name, codec, Topic.Cleanup.DELETE, retention, maxRecordBytes);
    }

    private static <V> Topic<V> compact(String name, Codec<V> codec) {
        return new Topic<>(name, codec, Topic.Cleanup.COMPACT, Duration.ofDays(1), ORDINARY);
    }

    public Topic<byte[]> rawKlines() {
        return rawKlines;
    }

    public Topic<byte[]> rawTickers() {
        return rawTickers;
    }

    public Topic<byte[]> rawDepth() {
        return rawDepth;
    }

    public Topic<Candle> klines() {
        return klines;
    }

    public Topic<Ticker> tickers() {
        return tickers;
    }

    public Topic<LatestPrice> prices() {
        return prices;
    }

    public Topic<BookEvent> depth() {
        return depth;
    }

    public Topic<InstrumentInfo> instruments() {
        return instruments;
    }

    public Topic<Gap> gaps() {
        return gaps;
    }

    public Topic<ResyncRequest> resync() {
        return resync;
    }

    public Topic<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Of the query API alone; the only one whose key is no instrument. */
    public Topic<CollectionRecord> collections() {
        return collections;
    }

    /** In the order of the flow. */
    public List<Topic<?>> all() {
        return List.of(
                rawKlines,
                rawTickers,
                rawDepth,
                klines,
                tickers,
                prices,
                depth,
                instruments,
                gaps,
                resync,
                deadLetters,
                collections);
    }
}
