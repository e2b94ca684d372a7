package io.tapeline.ingestor.discovery;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.util.List;

/**
 * The instruments of a venue that does not list its own: the settings name them.
 *
 * @param named all that the settings name of the venue
 * @param separator after whose last occurrence a symbol names the quote asset
 */
public record ConfiguredInstruments(Venue venue, List<Instrument> named, char separator) {

    public ConfiguredInstruments {
        named = List.copyOf(named);
        if (named.stream().anyMatch(instrument -> instrument.venue() != venue)) {
            throw new IllegalArgumentException(
                    "configured instruments: " + named + " are not all of " + venue);
        }
    }

    /** As the registry has them, but for its times. */
    List<InstrumentInfo> entries() {
        return named.stream().map(this::entry).toList();
    }

    private InstrumentInfo entry(Instrument instrument) {
        String symbol = instrument.symbol();
        int at = symbol.lastIndexOf(separator);
        return InstrumentInfo.newBuilder()
                .setInstrument(instrument.id())
                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                .setBaseAsset(at < 0 ? symbol : symbol.substring(0, at))
                .setQuoteAsset(at < 0 ? "" : symbol.substring(at + 1))
                .setStreamed(true)
                .build();
    }
}
