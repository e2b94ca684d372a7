package io.tapeline.exchange.deribit;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What goes wrong now: each asked at the moment at which it matters. Thread-safe. */
final class DeribitFaults {

    private volatile Predicate<String> stalled = channel -> false;
    private volatile BooleanSupplier refusing = () -> false;
    private volatile BooleanSupplier maintenance = () -> false;
    private volatile BooleanSupplier silent = () -> false;

    void stall(Predicate<String> channels) {
        stalled = channels;
    }

    boolean isStalled(String channel) {
        return stalled.test(channel);
    }

    void refuse(BooleanSupplier now) {
        refusing = now;
    }

    boolean isRefusing() {
        return refusing.getAsBoolean();
    }

    void maintain(BooleanSupplier now) {
        maintenance = now;
    }

    boolean isInMaintenance() {
        return maintenance.getAsBoolean();
    }

    void silenceHeartbeats(BooleanSupplier now) {
        silent = now;
    }

    boolean areHeartbeatsSilent() {
        return silent.getAsBoolean();
    }
}
