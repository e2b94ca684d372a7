package io.tapeline.query.registry;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.wire.Codec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of the registry's topic into the registry. */
public final class RegistryFeed {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryFeed.class);

    private final InstrumentRegistry registry;
    private final Codec<InstrumentInfo> codec;
    private final LongAdder malformed = new LongAdder();

    public RegistryFeed(InstrumentRegistry registry, Codec<InstrumentInfo> codec) {
        this.registry = registry;
        this.codec = codec;
    }

    /**
     * @param value null: the instrument is no longer in the registry
     */
    public void handle(String key, byte @Nullable [] value) {
        try {
            Instrument instrument = Instrument.parse(key);
            if (value == null) {
                registry.remove(instrument);
                return;
            }
            InstrumentInfo info = codec.decode(value);
            if (!info.getInstrument().equals(key)) {
                throw new MalformedPayload("instrument of another key");
            }
            requireDecimal(info.getTickSize());
            requireDecimal(info.getStepSize());
            requireDecimal(info.getMinNotional());
            registry.put(instrument, info);
        } catch (MalformedPayload | IllegalArgumentException e) {
            malformed.increment();
            LOG.atWarn().setCause(e).log("registry: malformed record");
        }
    }

    /** Empty, or a number: who asks later may rely on it. */
    private static void requireDecimal(String text) throws MalformedPayload {
        if (!text.isEmpty()) {
            try {
                Decimal.parse(text);
            } catch (IllegalArgumentException e) {
                throw new MalformedPayload("instrument: " + e.getMessage(), e);
            }
        }
    }

    /** Records that could not be understood; the instrument stays as it was. */
    public long malformed() {
        return malformed.sum();
    }
}
