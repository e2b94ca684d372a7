package io.tapeline.query.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Instances that did not answer a moment ago. They are asked last, so that a dead or hung one costs
 * one question its share of time, not each; now and then one question tries it first again.
 */
final class Suspects {

    static final Duration SUSPECTED_FOR = Duration.ofSeconds(1);

    private final Map<Address, Long> retryNanos = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    Suspects(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void failed(Address address) {
        retryNanos.put(address, nanoTime.getAsLong() + SUSPECTED_FOR.toNanos());
    }

    void answered(Address address) {
        if (!retryNanos.isEmpty()) {
            retryNanos.remove(address);
        }
    }

    /** The same, in the same order, but for suspects, which come last. */
    List<Address> last(List<Address> candidates) {
        if (retryNanos.isEmpty() || candidates.size() < 2) {
            return candidates;
        }
        List<Address> trusted = new ArrayList<>(candidates.size());
        List<Address> suspected = new ArrayList<>();
        for (Address each : candidates) {
            (isSuspected(each) ? suspected : trusted).add(each);
        }
        trusted.addAll(suspected);
        return trusted;
    }

    /**
     * When its time has passed, one caller finds it is not; for the others it is for as long again.
     */
    boolean isSuspected(Address address) {
        Long retry = retryNanos.get(address);
        if (retry == null) {
            return false;
        }
        long now = nanoTime.getAsLong();
        return now - retry < 0
                || !retryNanos.replace(address, retry, now + SUSPECTED_FOR.toNanos());
    }
}
