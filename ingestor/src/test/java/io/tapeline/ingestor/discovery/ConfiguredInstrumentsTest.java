package io.tapeline.ingestor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfiguredInstrumentsTest {

    private static final InstrumentInfo STANDING = entry("btc_usd", "btc", true, 1, 1);

    @Test
    void theBaseAndTheQuoteAreToldFromTheSymbol() {
        assertThat(
                        new ConfiguredInstruments(
                                        Venue.COINGECKO,
                                        List.of(new Instrument(Venue.COINGECKO, "usd-coin-eur")),
                                        '-')
                                .entries())
                .containsExactly(
                        InstrumentInfo.newBuilder()
                                .setInstrument("coingecko:usd-coin-eur")
                                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                                .setBaseAsset("usd-coin")
                                .setQuoteAsset("eur")
                                .setStreamed(true)
                                .build());
    }

    @Test
    void whatStandsThereAlreadyIsNotWrittenAgain() {
        assertThat(changes(List.of("btc_usd"), List.of()))
                .containsExactly(entry("btc_usd", "btc", true, 9, 9));
        assertThat(changes(List.of("btc_usd"), List.of(STANDING))).isEmpty();
    }

    @Test
    void whatIsNoLongerNamedIsStreamedNoMoreAndOtherVenuesAreLeftAlone() {
        InstrumentInfo other =
                InstrumentInfo.newBuilder()
                        .setInstrument("binance:BTCUSDT")
                        .setStreamed(true)
                        .build();
        assertThat(changes(List.of("eth_usd"), List.of(STANDING, other)))
                .containsExactly(
                        entry("eth_usd", "eth", true, 9, 9), entry("btc_usd", "btc", false, 1, 9));
        assertThat(changes(List.of("btc_usd"), List.of(entry("btc_usd", "btc", false, 1, 5))))
                .containsExactly(entry("btc_usd", "btc", true, 1, 9));
    }

    private static List<InstrumentInfo> changes(List<String> named, List<InstrumentInfo> before) {
        return new InstrumentRegistry(before)
                .configure(
                        new ConfiguredInstruments(
                                Venue.DERIBIT,
                                named.stream()
                                        .map(symbol -> new Instrument(Venue.DERIBIT, symbol))
                                        .toList(),
                                '_'),
                        new EpochMicros(9));
    }

    private static InstrumentInfo entry(
            String symbol, String base, boolean streamed, long firstSeenUs, long updatedUs) {
        return InstrumentInfo.newBuilder()
                .setInstrument("deribit:" + symbol)
                .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                .setBaseAsset(base)
                .setQuoteAsset("usd")
                .setStreamed(streamed)
                .setFirstSeenUs(firstSeenUs)
                .setUpdatedUs(updatedUs)
                .build();
    }
}
