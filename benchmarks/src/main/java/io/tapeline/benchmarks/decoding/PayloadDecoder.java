package io.tapeline.benchmarks.decoding;

import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.binance.BinanceKlines;
import io.tapeline.schemas.binance.BinanceTickers;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;

/** Events of Binance's streams to the same market types, whoever reads the JSON. */
interface PayloadDecoder {

    DepthMessage depthUpdate(RawRecord record) throws MalformedPayload;

    Candle kline(RawRecord record) throws MalformedPayload;

    Ticker ticker(RawRecord record) throws MalformedPayload;

    /** The one that Tapeline uses. */
    final class Scanner implements PayloadDecoder {

        @Override
        public DepthMessage depthUpdate(RawRecord record) throws MalformedPayload {
            return BinanceDepth.decode(record);
        }

        @Override
        public Candle kline(RawRecord record) throws MalformedPayload {
            return BinanceKlines.decode(record);
        }

        @Override
        public Ticker ticker(RawRecord record) throws MalformedPayload {
            return BinanceTickers.decode(record);
        }
    }
}
