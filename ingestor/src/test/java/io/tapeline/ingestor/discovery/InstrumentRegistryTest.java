package io.tapeline.ingestor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstrumentRegistryTest {

    private static final EpochMicros FIRST = new EpochMicros(1);
    private static final EpochMicros THEN = new EpochMicros(2);

    @Test
    void allThatTradeAreFollowedAndAllAreWrittenOnce() {
        InstrumentRegistry registry = all(List.of());
        InstrumentRegistry.Change first =
                registry.update(List.of(trading("A"), halted("B")), FIRST);
        assertThat(first)
                .isEqualTo(
                        new InstrumentRegistry.Change(
                                List.of(
                                        entry(trading("A"), true, 1, 1),
                                        entry(halted("B"), false, 1, 1)),
                                Set.of(Instrument.binance("A")),
                                Set.of()));
        assertThat(registry.update(List.of(trading("A"), halted("B")), THEN).changed()).isEmpty();
    }

    @Test
    void aListingIsFollowedAndADelistingIsNot() {
        InstrumentRegistry registry = all(List.of());
        registry.update(List.of(trading("A")), FIRST);
        InstrumentRegistry.Change change = registry.update(List.of(trading("C")), THEN);
        assertThat(change.followed()).containsExactly(Instrument.binance("C"));
        assertThat(change.changed())
                .containsExactly(
                        entry(trading("C"), true, 2, 2),
                        entry(info("A", InstrumentStatus.INSTRUMENT_STATUS_DELISTED), false, 1, 2));
    }

    @Test
    void whatIsFollowedStaysFollowedWhileItIsHalted() {
        InstrumentRegistry registry = all(List.of());
        registry.update(List.of(trading("A")), FIRST);
        assertThat(registry.update(List.of(halted("A")), THEN).followed())
                .containsExactly(Instrument.binance("A"));
    }

    @Test
    void anEarlierRunsEntriesKeepTheirFirstTime() {
        InstrumentRegistry registry =
                all(List.of(entry(trading("A"), true, 1, 1), entry(trading("B"), true, 1, 1)));
        assertThat(registry.update(List.of(trading("A")), THEN).changed())
                .containsExactly(
                        entry(info("B", InstrumentStatus.INSTRUMENT_STATUS_DELISTED), false, 1, 2));
    }

    @Test
    void anEntryThatWasNotWrittenIsWrittenWithTheNextList() {
        InstrumentRegistry registry = all(List.of());
        registry.update(List.of(trading("A")), FIRST).changed().forEach(registry::notWritten);
        assertThat(registry.update(List.of(trading("A")), THEN).changed())
                .containsExactly(entry(trading("A"), true, 1, 2));
        assertThat(registry.update(List.of(trading("A")), THEN).changed()).isEmpty();
    }

    @Test
    void onlyTheNamedAreFollowedAndThoseThatDoNotExistAreTold() {
        InstrumentRegistry registry =
                new InstrumentRegistry(Selection.of(List.of("a", " B ", "nosuch")), List.of());
        InstrumentRegistry.Change change =
                registry.update(List.of(trading("A"), halted("B"), trading("C")), FIRST);
        assertThat(change.followed())
                .containsExactlyInAnyOrder(Instrument.binance("A"), Instrument.binance("B"));
        assertThat(change.unknown()).containsExactly("NOSUCH");
    }

    private static InstrumentRegistry all(List<InstrumentInfo> before) {
        return new InstrumentRegistry(Selection.of(List.of()), before);
    }

    private static InstrumentInfo trading(String symbol) {
        return info(symbol, InstrumentStatus.INSTRUMENT_STATUS_TRADING);
    }

    private static InstrumentInfo halted(String symbol) {
        return info(symbol, InstrumentStatus.INSTRUMENT_STATUS_HALTED);
    }

    private static InstrumentInfo info(String symbol, InstrumentStatus status) {
        return InstrumentInfo.newBuilder()
                .setInstrument("binance:" + symbol)
                .setStatus(status)
                .build();
    }

    private static InstrumentInfo entry(
            InstrumentInfo info, boolean streamed, long firstSeenUs, long updatedUs) {
        return info.toBuilder()
                .setStreamed(streamed)
                .setFirstSeenUs(firstSeenUs)
                .setUpdatedUs(updatedUs)
                .build();
    }
}
