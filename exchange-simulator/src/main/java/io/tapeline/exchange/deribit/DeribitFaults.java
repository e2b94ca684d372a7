package io.tapeline.exchange.deribit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The faults that last a while, and until when they do. Thread-safe. */
final class DeribitFaults {

    private final Map<String, Instant> stalled = new HashMap<>();
    private volatile Instant allStalledUntil = Instant.MIN;
    private volatile Instant refusingUntil = Instant.MIN;
    private volatile Instant maintenanceUntil = Instant.MIN;
    private volatile Instant silentUntil = Instant.MIN;

    synchronized void stall(String channel, Instant until) {
        stalled.put(channel, until);
    }

    void stallAll(Instant until) {
        allStalledUntil = until;
    }

    synchronized boolean isStalled(String channel, Instant now) {
        return now.isBefore(allStalledUntil)
                || now.isBefore(stalled.getOrDefault(channel, Instant.MIN));
    }

    void refuse(Instant until) {
        refusingUntil = until;
    }

    boolean isRefusing(Instant now) {
        return now.isBefore(refusingUntil);
    }

    void maintain(Instant until) {
        maintenanceUntil = until;
    }

    boolean isInMaintenance(Instant now) {
        return now.isBefore(maintenanceUntil);
    }

    void silenceHeartbeats(Instant until) {
        silentUntil = until;
    }

    boolean areHeartbeatsSilent(Instant now) {
        return now.isBefore(silentUntil);
    }

    /** Ends all of them. */
    synchronized void heal() {
        stalled.clear();
        allStalledUntil = Instant.MIN;
        refusingUntil = Instant.MIN;
        maintenanceUntil = Instant.MIN;
        silentUntil = Instant.MIN;
    }
}
