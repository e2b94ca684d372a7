package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.DecoderFuzz;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;

/** Diffs, snapshots, partial depth and best offers. */
public final class DepthFuzz extends DecoderFuzz {

    public DepthFuzz() {
        super(
                Records.BTCUSDT,
                new Sample("btcusdt@depth@100ms", Payloads.DEPTH_UPDATE),
                new Sample("rest/depth?limit=5000", Payloads.DEPTH),
                new Sample("rest/depth?limit=100&purpose=audit", Payloads.DEPTH),
                new Sample("btcusdt@depth20@100ms", Payloads.DEPTH),
                new Sample("btcusdt@bookTicker", Payloads.BOOK_TICKER));
    }

    @Override
    protected void decode(RawRecord record) throws MalformedPayload {
        DepthMessage message = BinanceDepth.decode(record);
        switch (message) {
            case DepthUpdate update -> comeBack(update.bids(), update.asks());
            case DepthSnapshot snapshot -> comeBack(snapshot.bids(), snapshot.asks());
            case DepthPicture picture -> comeBack(picture.bids(), picture.asks());
        }
    }

    private static void comeBack(Levels... sides) throws MalformedPayload {
        for (Levels levels : sides) {
            assertThat(LevelsCodec.fromProto(LevelsCodec.toProto(levels))).isEqualTo(levels);
        }
    }
}
