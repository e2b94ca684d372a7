package io.tapeline.ingestor.discovery;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's entries of a venue whose instruments the settings name: written when they differ
 * from what stands there, so that every instance may do it. One that is no longer named is said to
 * be streamed no more.
 */
public final class ConfiguredInstruments {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredInstruments.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final InstrumentWriter writer;
    private final ScheduledExecutorService scheduler;

    /**
     * @param scheduler on which what was not written is written again; stays the caller's
     */
    public ConfiguredInstruments(InstrumentWriter writer, ScheduledExecutorService scheduler) {
        this.writer = writer;
        this.scheduler = scheduler;
    }

    /**
     * Writes what has changed; returns at once.
     *
     * @param named all that the settings name of the venue
     * @param separator after whose last occurrence a symbol names the quote asset
     * @param before the registry as it stands, of all venues
     */
    public void write(
            Venue venue,
            List<Instrument> named,
            char separator,
            Collection<InstrumentInfo> before,
            Clock clock) {
        List<InstrumentInfo> wanted = named.stream().map(i -> entry(i, separator)).toList();
        changes(venue, wanted, before, EpochMicros.of(clock.instant())).forEach(this::write);
    }

    static InstrumentInfo entry(Instrument instrument, char separator) {
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

    static List<InstrumentInfo> changes(
            Venue venue,
            List<InstrumentInfo> wanted,
            Collection<InstrumentInfo> before,
            EpochMicros now) {
        Map<String, InstrumentInfo> standing = new HashMap<>();
        before.stream()
                .filter(info -> info.getInstrument().startsWith(venue.id() + ":"))
                .forEach(info -> standing.put(info.getInstrument(), info));
        List<InstrumentInfo> changes = new ArrayList<>();
        for (InstrumentInfo entry : wanted) {
            InstrumentInfo stands = standing.remove(entry.getInstrument());
            InstrumentInfo timed =
                    entry.toBuilder()
                            .setFirstSeenUs(stands == null ? now.value() : stands.getFirstSeenUs())
                            .setUpdatedUs(stands == null ? now.value() : stands.getUpdatedUs())
                            .build();
            if (!timed.equals(stands)) {
                changes.add(timed.toBuilder().setUpdatedUs(now.value()).build());
            }
        }
        standing.values().stream()
                .filter(InstrumentInfo::getStreamed)
                .map(info -> info.toBuilder().setStreamed(false).setUpdatedUs(now.value()).build())
                .forEach(changes::add);
        return changes;
    }

    private void write(InstrumentInfo entry) {
        var _ =
                writer.write(entry)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.atWarn()
                                        .addKeyValue("instrument", entry.getInstrument())
                                        .addKeyValue("reason", failure.toString())
                                        .log("an entry of the registry was not written");
                                again(entry);
                            }
                        });
    }

    private void again(InstrumentInfo entry) {
        if (!scheduler.isShutdown()) {
            var _ =
                    scheduler.schedule(
                            () -> write(entry), AFTER_FAILURE.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
