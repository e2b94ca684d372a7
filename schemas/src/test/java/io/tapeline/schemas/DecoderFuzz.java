package io.tapeline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.JsonOracle;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder of payloads. Whatever they are it gives a value or says that they are malformed; what
 * it takes is JSON; and a value comes back from the bytes that are written of it. An input's first
 * byte chooses stream and unit.
 */
public abstract class DecoderFuzz implements Target {

    private static final EpochNanos RECEIVED = new EpochNanos(1_723_161_610_000_000_000L);

    private final Instrument instrument;
    private final List<Sample> samples;

    /** A stream, and a payload as it brings it. */
    public record Sample(String stream, String payload) {}

    protected DecoderFuzz(Instrument instrument, Sample... samples) {
        this.instrument = instrument;
        this.samples = List.of(samples);
    }

    @Override
    public final List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < samples.size() * 2; i++) {
            seeds.add(Input.of(i, samples.get(i % samples.size()).payload()));
        }
        return seeds;
    }

    @Override
    public final void read(byte[] input) throws MalformedPayload {
        Input in = new Input(input);
        int choice = in.below(samples.size() * 2);
        RawRecord record =
                new RawRecord(
                        instrument,
                        in.rest(),
                        samples.get(choice % samples.size()).stream(),
                        "a",
                        RECEIVED,
                        ExchangeTimeUnit.values()[choice / samples.size()]);
        try {
            decode(record);
        } catch (MalformedPayload e) {
            return;
        }
        if (JsonOracle.isUtf8(record.payload())) {
            String text = new String(record.payload(), StandardCharsets.UTF_8);
            assertThat(JsonOracle.depth(text)).as(text).isPresent();
        }
    }

    /** Decodes, and looks at what comes of it. */
    protected abstract void decode(RawRecord record) throws MalformedPayload;
}
