package io.tapeline.ingestor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.schemas.market.Venue;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How each line, and each poll ({@code line="rest"}), stands: as meters that the tags {@code venue}
 * and {@code line} tell apart.
 */
final class LineMeters implements MeterBinder {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Ingestor ingestor;

    /**
     * @param arriving of those wanted
     * @param newestNanos nanoseconds since the epoch; 0 if there was no message
     */
    private record Standing(
            Venue venue,
            String line,
            int connections,
            int wanted,
            int arriving,
            boolean streaming,
            long newestNanos) {

        static Standing of(BinanceLine.State state) {
            return new Standing(
                    Venue.BINANCE,
                    state.line(),
                    state.open(),
                    state.wanted(),
                    state.subscribed(),
                    state.phase() == BinanceLine.Phase.STREAMING,
                    state.newestFrameNanos());
        }

        static Standing of(SourceState state) {
            return new Standing(
                    state.venue(),
                    state.line(),
                    state.open(),
                    state.wanted(),
                    state.arriving(),
                    state.phase() == SourceState.Phase.STREAMING,
                    state.newestNanos());
        }

        boolean isOf(Standing other) {
            return venue == other.venue && line.equals(other.line);
        }
    }

    LineMeters(Ingestor ingestor) {
        this.ingestor = ingestor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Standing line : lines(ingestor)) {
            gauge(
                    registry,
                    line,
                    "connections",
                    null,
                    "Connections that are open; of a poll 1 while its requests are answered",
                    Standing::connections);
            gauge(
                    registry,
                    line,
                    "streams.wanted",
                    null,
                    "Streams that this process should have of the line",
                    Standing::wanted);
            gauge(
                    registry,
                    line,
                    "streams.arriving",
                    null,
                    "Streams wanted that are subscribed, or that the newest answers held",
                    Standing::arriving);
            gauge(
                    registry,
                    line,
                    "streaming",
                    null,
                    "Whether all streams wanted are there: 1 or 0; 0 too where none is wanted",
                    standing -> standing.streaming() ? 1 : 0);
            gauge(
                    registry,
                    line,
                    "newest.message.timestamp",
                    "seconds",
                    "When the newest message or answer was received, since the epoch; 0: none",
                    standing -> standing.newestNanos() / NANOS_PER_SECOND);
        }
    }

    private static List<Standing> lines(Ingestor ingestor) {
        return Stream.concat(
                        ingestor.lines().stream().map(Standing::of),
                        ingestor.sources().stream().map(Standing::of))
                .toList();
    }

    private void gauge(
            MeterRegistry registry,
            Standing line,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<Standing> value) {
        Gauge.builder(
                        "tapeline.ingestor.line." + name,
                        ingestor,
                        current ->
                                lines(current).stream().filter(line::isOf).mapToDouble(value).sum())
                .baseUnit(unit)
                .description(description)
                .tag("venue", line.venue().id())
                .tag("line", line.line())
                .register(registry);
    }
}
