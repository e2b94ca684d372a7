package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.BinanceLine;
import io.tapeline.ingestor.feed.SourceState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when a line has no connection; on the way up is not down, nor is a poll that fails. */
final class IngestorHealth implements HealthIndicator {

    private final Ingestor ingestor;

    IngestorHealth(Ingestor ingestor) {
        this.ingestor = ingestor;
    }

    @Override
    public Health health() {
        boolean down =
                ingestor.lines().stream().anyMatch(l -> l.phase() == BinanceLine.Phase.DOWN)
                        || ingestor.sources().stream()
                                .anyMatch(s -> !s.isPoll() && s.phase() == SourceState.Phase.DOWN);
        Health.Builder health = down ? Health.down() : Health.up();
        ingestor.lines()
                .forEach(line ->
                        health.withDetail(
                                "binance/" + line.line(),
                                line.phase()
                                        + ", "
                                        + line.subscribed()
                                        + " of "
                                        + line.wanted()
                                        + " streams"));
        ingestor.sources()
                .forEach(source ->
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
