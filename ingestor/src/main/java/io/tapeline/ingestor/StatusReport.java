package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.LineStatus;
import java.util.Optional;

/** How the whole stands, for those who ask this process. */
final class StatusReport {

    private final String instance;
    private final IngestorCounters counters;
    private final Optional<BinanceFeed> binance;
    private final Sources sources;

    StatusReport(
            String instance,
            IngestorCounters counters,
            Optional<BinanceFeed> binance,
            Sources sources) {
        this.instance = instance;
        this.counters = counters;
        this.binance = binance;
        this.sources = sources;
    }

    /** Binance's lines first. */
    IngestorStatus now() {
        IngestorStatus.Builder status =
                IngestorStatus.newBuilder()
                        .setInstance(instance)
                        .putAllCounters(counters.snapshot());
        binance.ifPresent(feed -> feed.lines().forEach(line -> status.addLines(of(line))));
        sources.states().forEach(state -> status.addLines(of(state)));
        sources.counters().forEach(counted -> status.putAllCounters(counted.snapshot()));
        return status.build();
    }

    private static LineStatus of(BinanceLine.State line) {
        return LineStatus.newBuilder()
                .setLine(line.line())
                .setVenue(Venue.BINANCE.id())
                .setConnections(line.open())
                .setStreams(line.subscribed())
                .setNewestFrameUs(new EpochNanos(line.newestFrameNanos()).toMicros().value())
                .setState(line.phase().name())
                .build();
    }

    private static LineStatus of(SourceState state) {
        return LineStatus.newBuilder()
                .setLine(state.line())
                .setVenue(state.venue().id())
                .setConnections(state.open())
                .setStreams(state.arriving())
                .setNewestFrameUs(new EpochNanos(state.newestNanos()).toMicros().value())
                .setState(state.phase().name())
                .build();
    }
}
