package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.SourceState;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down when a line has no connection, or a part has failed for good; on the way up is not down, nor
 * is a poll that fails.
 */
final class IngestorHealth implements HealthIndicator {

    private final Ingestor ingestor;

    IngestorHealth(Ingestor ingestor) {
        this.ingestor = ingestor;
    }

    @Override
    public Health health() {
        return of(ingestor.lines(), ingestor.sources(), ingestor.failedParts());
    }

    /**
     * @param failed why parts failed, by their names
     */
    static Health of(
            List<BinanceLine.State> lines, List<SourceState> sources, Map<String, String> failed) {
        boolean down =
                !failed.isEmpty()
                        || lines.stream().anyMatch(l -> l.phase() == BinanceLine.Phase.DOWN)
                        || sources.stream()
                                .anyMatch(s -> !s.isPoll() && s.phase() == SourceState.Phase.DOWN);
        Health.Builder health = down ? Health.down() : Health.up();
        failed.forEach((part, reason) -> health.withDetail(part, "FAILED, " + reason));
        lines.forEach(line ->
                health.withDetail(
                        "binance/" + line.line(),
                        line.phase()
                                + ", "
                                + line.subscribed()
                                + " of "
                                + line.wanted()
                                + " streams"));
        sources.forEach(source ->
                health.withDetail(
                        source.venue().id() + "/" + source.line(),
                        source.phase()
                                + ", "
                                + source.arriving()
                                + " of "
                                + source.wanted()
                                + " streams"));
        return health.build();
    }
}
