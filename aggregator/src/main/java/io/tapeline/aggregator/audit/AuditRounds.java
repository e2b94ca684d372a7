package io.tapeline.aggregator.audit;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose book is next to be looked at by REST: one of a partition's live ones after another, in the
 * order of their names, one at a time at a steady pace. Not thread-safe.
 */
public final class AuditRounds {

    private static final long NANOS_PER_MICRO = 1_000;

    private final long everyMicros;
    private @Nullable EpochMicros newest;
    private String last = "";

    /**
     * @param every time between two looks; zero: none ever
     */
    public AuditRounds(Duration every) {
        if (every.isNegative()) {
            throw new IllegalArgumentException("audit: every " + every + " is below zero");
        }
        this.everyMicros = every.toNanos() / NANOS_PER_MICRO;
    }

    /** Whether time has come for one; the first one comes when that time has passed once. */
    public boolean isDue(EpochMicros now) {
        if (everyMicros == 0) {
            return false;
        }
        if (newest == null) {
            newest = now;
        }
        return now.value() - newest.value() >= everyMicros;
    }

    /**
     * The next one.
     *
     * @param live those whose books are live
     */
    public Optional<Instrument> next(Collection<Instrument> live, EpochMicros now) {
        newest = now;
        Optional<Instrument> next =
                live.stream()
                        .filter(each -> each.id().compareTo(last) > 0)
                        .min(Comparator.comparing(Instrument::id))
                        .or(() -> live.stream().min(Comparator.comparing(Instrument::id)));
        next.ifPresent(each -> last = each.id());
        return next;
    }
}
