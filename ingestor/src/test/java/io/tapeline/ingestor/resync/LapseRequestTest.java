package io.tapeline.ingestor.resync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.ResyncRequest;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LapseRequestTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");

    static Stream<Lapse> lapses() {
        return Stream.of(
                lapse(new StreamKey(BTC, EventKind.DEPTH, Optional.empty()), 7),
                lapse(new StreamKey(BTC, EventKind.TICKERS, Optional.empty()), 0),
                lapse(new StreamKey(BTC, EventKind.KLINES, Optional.of(Interval.ONE_MINUTE)), 8));
    }

    @ParameterizedTest
    @MethodSource("lapses")
    void aLapseArrivesAsItWasTold(Lapse lapse) {
        assertThat(LapseRequest.read(LapseRequest.of(lapse))).isEqualTo(lapse);
    }

    @Test
    void aKindThatIsNotKnownIsRefused() {
        ResyncRequest unknown = ResyncRequest.newBuilder().setInstrument("binance:A").build();
        assertThatThrownBy(() -> LapseRequest.read(unknown))
                .hasMessage("lapse of binance:A: kind 0 is not known");
    }

    private static Lapse lapse(StreamKey stream, long from) {
        return new Lapse(
                "b",
                stream,
                from == 0 ? Optional.empty() : Optional.of(new EpochMicros(from)),
                new EpochMicros(9),
                "stalled");
    }
}
