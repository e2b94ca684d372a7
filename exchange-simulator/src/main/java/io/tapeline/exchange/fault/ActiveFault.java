package io.tapeline.exchange.fault;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was injected: when it began and ended, and whom it struck how often. Thread-safe.
 */
public final class ActiveFault {

    /** Those struck beyond this many are counted together. */
    private static final int MOST_NAMED = 200;

    private static final String OTHERS = "others";

    private final long id;
    private final Fault fault;
    private final Instant began;
    private final Map<String, Long> struck = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private long strikes;
    private @Nullable Instant ended;
    private volatile boolean over;

    ActiveFault(long id, Fault fault, Instant began) {
        this.id = id;
        this.fault = fault;
        this.began = began;
    }

    public long id() {
        return id;
    }

    public Fault fault() {
        return fault;
    }

    public Instant began() {
        return began;
    }

    /** When it ends by its time; null where no time ends it. */
    public @Nullable Instant due() {
        return fault.lasting().time().map(began::plus).orElse(null);
    }

    /** Whether it is over: nothing strikes any more. */
    public boolean over() {
        return over;
    }

    /** Notes a strike whom nothing limits. */
    public synchronized void strike(String whom) {
        strikes++;
        String name = struck.size() < MOST_NAMED || struck.containsKey(whom) ? whom : OTHERS;
        struck.merge(name, 1L, Long::sum);
    }

    /**
     * Strikes, unless the fault is over or its count used up; the last strike that the count allows
     * ends it.
     */
    public synchronized boolean tryStrike(String whom) {
        if (over || strikes >= fault.lasting().count().orElse(Integer.MAX_VALUE)) {
            return false;
        }
        strike(whom);
        over = strikes >= fault.lasting().count().orElse(Integer.MAX_VALUE);
        return true;
    }

    /** Strikes, unless the fault is over or its count used up for the one given. */
    public synchronized boolean tryStrikeEach(String whom) {
        int most = fault.lasting().count().orElse(Integer.MAX_VALUE);
        if (over || usedUp(whom)) {
            return false;
        }
        if (most < Integer.MAX_VALUE) {
            counts.merge(whom, 1, Integer::sum);
        }
        strike(whom);
        return true;
    }

    /** Whether the count is used up for the one given. */
    public synchronized boolean usedUp(String whom) {
        return counts.getOrDefault(whom, 0) >= fault.lasting().count().orElse(Integer.MAX_VALUE);
    }

    /** Nothing strikes any more; it ends at the next turn. */
    public void finish() {
        over = true;
    }

    synchronized void ended(Instant at) {
        over = true;
        // The turn that ends it may have looked at the clock before it began.
        ended = at.isBefore(began) ? began : at;
    }

    /** What came of it so far. */
    public synchronized Report report() {
        return new Report(
                id, fault.name(), fault.line(), began, ended, strikes, Map.copyOf(struck));
    }

    /**
     * @param line as a script has it
     * @param ended null while it goes on
     * @param strikes how often it struck
     * @param struck whom it struck, how often
     */
    public record Report(
            long id,
            String name,
            String line,
            Instant began,
            @Nullable Instant ended,
            long strikes,
            Map<String, Long> struck) {}
}
