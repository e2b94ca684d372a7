package io.tapeline.aggregator.topology;

import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.binance.BinanceKlines;
import io.tapeline.schemas.binance.BinanceTickers;
import io.tapeline.schemas.coingecko.CoinGeckoPrices;
import io.tapeline.schemas.deribit.DeribitPrices;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;

/** Each raw topic's decoder by venue. */
final class Decoders {

    private Decoders() {}

    static DepthMessage depth(RawRecord record) throws MalformedPayload {
        return switch (record.instrument().venue()) {
            case BINANCE -> BinanceDepth.decode(record);
            case DERIBIT, COINGECKO -> throw unknown(record.instrument().venue(), "depth");
        };
    }

    static Candle klines(RawRecord record) throws MalformedPayload {
        return switch (record.instrument().venue()) {
            case BINANCE -> BinanceKlines.decode(record);
            case DERIBIT, COINGECKO -> throw unknown(record.instrument().venue(), "klines");
        };
    }

    static TickerRecord tickers(RawRecord record) throws MalformedPayload {
        return switch (record.instrument().venue()) {
            case BINANCE -> new TickerRecord.Statistics(BinanceTickers.decode(record));
            case DERIBIT -> new TickerRecord.Rate(DeribitPrices.decode(record));
            case COINGECKO -> new TickerRecord.Rate(CoinGeckoPrices.decode(record));
        };
    }

    private static MalformedPayload unknown(Venue venue, String kind) {
        return new MalformedPayload(
                "raw record: no form of " + kind + " is known of " + venue.id());
    }
}
