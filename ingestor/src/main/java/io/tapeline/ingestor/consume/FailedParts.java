package io.tapeline.ingestor.consume;

import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of topics that have ended though nobody told them to: they do not begin again, so
 * that this process does less than it should until it is started anew. Thread-safe.
 */
public final class FailedParts {

    private static final Logger log = LoggerFactory.getLogger(FailedParts.class);

    private final IngestorCounters counters;
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    public FailedParts(IngestorCounters counters) {
        this.counters = counters;
    }

    void failed(String part, Throwable reason) {
        reasons.put(part, reason.toString());
        counters.increment(Count.PARTS_FAILED);
        log.atError()
                .addKeyValue("part", part)
                .setCause(reason)
                .log("failed for good: what it does is left to others");
    }

    /** By the names of the parts. */
    public Map<String, String> reasons() {
        return Map.copyOf(reasons);
    }
}
