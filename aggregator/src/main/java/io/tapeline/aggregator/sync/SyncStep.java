package io.tapeline.aggregator.sync;

import io.tapeline.aggregator.audit.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a message, or of time that passed: the state after it, and what is to be done, in
 * order.
 *
 * @param fate of the message; null where none came
 * @param findings what the audit found then
 */
public record SyncStep(
        SyncState next, @Nullable Fate fate, List<Effect> effects, List<Finding> findings) {

    /** Without an audit. */
    public SyncStep(SyncState next, @Nullable Fate fate, List<Effect> effects) {
        this(next, fate, effects, List.of());
    }
}
