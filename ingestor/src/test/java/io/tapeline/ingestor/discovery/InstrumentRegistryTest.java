package io.tapeline.ingestor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstrumentRegistryTest {

    private static final EpochMicros FIRST = new EpochMicros(1);
    private static final EpochMicros THEN = new EpochMicros(2);

    @Test
    void allThatTradeAreFollowedAndAllAreWrittenOnce() {
        InstrumentRegistry registry = all(List.of());
        InstrumentRegistry.Change first =
                update(registry, List.of(trading("A"), halted("B")), FIRST);
        assertThat(first)
                .isEqualTo(
                        new InstrumentRegistry.Change(
                                List.of(
                                        entry(trading("A"), true, 1, 1),
                                        entry(halted("B"), false, 1, 1)),
                                Set.of(Instrument.binance("A")),
                                Set.of()));
        assertThat(update(registry, List.of(trading("A"), halted("B")), THEN).changed()).isEmpty();
    }

    @Test
    void aListingIsFollowedAndADelistingIsNot() {
        InstrumentRegistry registry = all(List.of());
        update(registry, List.of(trading("A")), FIRST);
        InstrumentRegistry.Change change = update(registry, List.of(trading("C")), THEN);
        assertThat(change.followed()).containsExactly(Instrument.binance("C"));
        assertThat(change.changed())
                .containsExactly(
                        entry(trading("C"), true, 2, 2),
                        entry(info("A", InstrumentStatus.INSTRUMENT_STATUS_DELISTED), false, 1, 2));
    }

    @Test
    void whatIsFollowedStaysFollowedWhileItIsHalted() {
        InstrumentRegistry registry = all(List.of());
        update(registry, List.of(trading("A")), FIRST);
        assertThat(update(registry, List.of(halted("A")), THEN).followed())
                .containsExactly(Instrument.binance("A"));
    }

    @Test
    void anEarlierRunsEntriesKeepTheirFirstTime() {
        InstrumentRegistry registry =
                all(List.of(entry(trading("A"), true, 1, 1), entry(trading("B"), true, 1, 1)));
        assertThat(update(registry, List.of(trading("A")), THEN).changed())
                .containsExactly(
                        entry(info("B", InstrumentStatus.INSTRUMENT_STATUS_DELISTED), false, 1, 2));
    }

    @Test
    void anEntryStandsUntilAnotherReplacesIt() {
        InstrumentRegistry registry = all(List.of());
        InstrumentInfo entry = update(registry, List.of(trading("A")), FIRST).changed().getFirst();
        assertThat(registry.stands(entry)).isTrue();
        update(registry, List.of(halted("A")), THEN);
        assertThat(registry.stands(entry)).isFalse();
    }

    @Test
    void whatAnotherProcessHasWrittenIsKnownAndNotWrittenAgain() {
        InstrumentRegistry registry = all(List.of());
        assertThat(registry.learned(entry(trading("A"), true, 1, 1))).isTrue();
        assertThat(registry.streamed()).isEqualTo(Map.of(Instrument.binance("A"), FIRST));
        assertThat(update(registry, List.of(trading("A")), THEN).changed()).isEmpty();
    }

    @Test
    void theEchoOfAnEntryThatWasReplacedSinceChangesNothing() {
        InstrumentRegistry registry = all(List.of());
        update(registry, List.of(trading("A")), FIRST);
        update(registry, List.of(), THEN);
        assertThat(registry.learned(entry(trading("A"), true, 1, 1))).isFalse();
        assertThat(registry.streamed()).isEmpty();
    }

    @Test
    void aVenuesListSaysNothingOfOtherVenues() {
        InstrumentInfo index =
                InstrumentInfo.newBuilder()
                        .setInstrument("deribit:btc_usd")
                        .setStatus(InstrumentStatus.INSTRUMENT_STATUS_TRADING)
                        .setStreamed(true)
                        .build();
        InstrumentRegistry registry = all(List.of(index));
        assertThat(update(registry, List.of(), FIRST).changed()).isEmpty();
        assertThat(registry.streamed()).containsOnlyKeys(Instrument.parse("deribit:btc_usd"));
    }

    @Test
    void aHaltDoesNotChangeSinceWhenAnInstrumentIsStreamed() {
        InstrumentRegistry registry = all(List.of());
        update(registry, List.of(trading("A")), FIRST);
        update(registry, List.of(halted("A")), THEN);
        assertThat(registry.streamed()).isEqualTo(Map.of(Instrument.binance("A"), FIRST));
    }

    @Test
    void onlyTheNamedAreFollowedAndThoseThatDoNotExistAreTold() {
        InstrumentRegistry.Change change =
                all(List.of())
                        .update(
                                Venue.BINANCE,
                                Selection.of(List.of("a", " B ", "nosuch")),
                                List.of(trading("A"), halted("B"), trading("C")),
                                FIRST);
        assertThat(change.followed())
                .containsExactlyInAnyOrder(Instrument.binance("A"), Instrument.binance("B"));
        assertThat(change.unknown()).containsExactly("NOSUCH");
    }

    private static InstrumentRegistry all(List<InstrumentInfo> before) {
        return new InstrumentRegistry(before);
    }

    private static InstrumentRegistry.Change update(
            InstrumentRegistry registry, List<InstrumentInfo> listed, EpochMicros now) {
        return registry.update(Venue.BINANCE, Selection.of(List.of()), listed, now);
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
