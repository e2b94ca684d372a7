package io.tapeline.ingestor.publish;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** How much of the producer's buffer is left, as its own metrics tell. Thread-safe. */
public final class ProducerBuffer {

    private static final String GROUP = "producer-metrics";

    private final Optional<Metric> total;
    private final Optional<Metric> available;

    private ProducerBuffer(Optional<Metric> total, Optional<Metric> available) {
        this.total = total;
        this.available = available;
    }

    static ProducerBuffer of(Map<MetricName, ? extends Metric> metrics) {
        return new ProducerBuffer(
                metric(metrics, "buffer-total-bytes"), metric(metrics, "buffer-available-bytes"));
    }

    private static Optional<Metric> metric(Map<MetricName, ? extends Metric> metrics, String name) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().group().equals(GROUP))
                .filter(metric -> metric.getKey().name().equals(name))
                .<Metric>map(Map.Entry::getValue)
                .findFirst();
    }

    public long totalBytes() {
        return bytes(total);
    }

    public long freeBytes() {
        return bytes(available);
    }

    /** Whether less than half of it waits: only then may more be fetched than streams bring. */
    public boolean hasRoom() {
        return 2 * freeBytes() >= totalBytes();
    }

    private static long bytes(Optional<Metric> metric) {
        return metric.map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .orElse(0L);
    }
}
