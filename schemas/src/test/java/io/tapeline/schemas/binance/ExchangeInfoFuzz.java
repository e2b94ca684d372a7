package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.JsonOracle;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The exchange's list of pairs: the rules that are kept of a pair are JSON by themselves. */
public final class ExchangeInfoFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                ExchangeInfoDecoderTest.BODY.getBytes(StandardCharsets.UTF_8),
                ExchangeInfoDecoderTest.BODY.getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + ExchangeInfoDecoderTest.BODY).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of("\"permissionSets\":[[\"SPOT\"]]", "\"filters\":[", "\"symbol\":\"A\",");
    }

    @Override
    public void read(byte[] input) {
        List<InstrumentInfo> symbols;
        try {
            symbols = ExchangeInfoDecoder.decode(input, new EpochMicros(5));
        } catch (MalformedPayload e) {
            return;
        }
        for (InstrumentInfo symbol : symbols) {
            assertThat(Instrument.parse(symbol.getInstrument()).id())
                    .isEqualTo(symbol.getInstrument());
            assertThat(JsonOracle.depth(symbol.getVenueRules()))
                    .as(symbol.getVenueRules())
                    .isPresent();
        }
    }
}
