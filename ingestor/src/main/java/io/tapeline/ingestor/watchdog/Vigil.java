package io.tapeline.ingestor.watchdog;

import java.util.OptionalLong;

/**
 * What is remembered of one stream on one line. How long it is usually silent is the longest
 * silence that it has ended lately, which halves in an hour: an average would take a pair that
 * trades in bursts for stalled after each. Times are of {@link System#nanoTime}, so the wall clock
 * may step.
 */
final class Vigil {

    private static final double HALF_LIFE_NANOS = 3.6e12;
    private static final int MOST_DOUBLINGS = 16;
    private static final int LEARNED_FLOORS = 10;

    private final WatchdogSettings settings;
    private Sight sight;
    private long confirmedNanos;
    private long count;
    private long silentSince;
    private long seenNanos;
    private boolean came;
    private long learningSince;
    private long usualNanos;
    private int patience;
    private int strikes;
    private long doubtAt;
    private boolean reDoubted;
    private OptionalLong baseline = OptionalLong.empty();
    private Suspicion suspicion = new Suspicion.None();

    Vigil(WatchdogSettings settings, Sight first, long now) {
        this.settings = settings;
        this.sight = first;
        subscribed(first, now);
    }

    private void subscribed(Sight seen, long now) {
        sight = seen;
        confirmedNanos = seen.confirmedNanos();
        count = seen.count();
        silentSince = now;
        came = seen.count() > 0;
        reDoubted = false;
        baseline = OptionalLong.empty();
        suspicion = new Suspicion.None();
        doubtAt = now + patient(settings.firstWithin().toNanos(), strikes);
    }

    /** Whether an event ended a doubt. */
    boolean see(Sight seen, long now) {
        seenNanos = now;
        if (seen.confirmedNanos() != confirmedNanos
                || !seen.connection().equals(sight.connection())) {
            subscribed(seen, now);
            return false;
        }
        sight = seen;
        if (seen.count() == count) {
            return false;
        }
        if (came) {
            learn(now - silentSince, now);
        }
        boolean doubted = isDoubted() || reDoubted;
        reDoubted = false;
        count = seen.count();
        came = true;
        silentSince = now;
        patience = 0;
        strikes = 0;
        baseline = OptionalLong.empty();
        suspicion = new Suspicion.None();
        doubtAt = now + limitNanos();
        return doubted;
    }

    private void learn(long silence, long now) {
        if (usualNanos == 0) {
            learningSince = now;
        }
        long left = (long) (usualNanos * Math.pow(2, -silence / HALF_LIFE_NANOS));
        usualNanos = Math.max(silence, left);
    }

    /** The silence that puts it in doubt. */
    private long limitNanos() {
        if (usualNanos == 0) {
            return settings.firstWithin().toNanos();
        }
        return Math.clamp(
                settings.multiple() * usualNanos,
                settings.floor().toNanos(),
                settings.ceiling().toNanos());
    }

    private long patient(long limit, int doublings) {
        long ceiling = settings.ceiling().toNanos();
        int allowed = Math.min(doublings, MOST_DOUBLINGS);
        return limit > ceiling >> allowed ? ceiling : limit << allowed;
    }

    /** Whether it has been silent for too long and nothing is thought of it yet. */
    boolean isDueForDoubt(long now) {
        return suspicion instanceof Suspicion.None && now - doubtAt >= 0;
    }

    private boolean isDoubted() {
        return switch (suspicion) {
            case Suspicion.Doubt _, Suspicion.Asked _, Suspicion.Overdue _ -> true;
            case Suspicion.None _, Suspicion.Condemned _ -> false;
        };
    }

    Suspicion suspicion() {
        return suspicion;
    }

    void suspect(Suspicion next) {
        suspicion = next;
    }

    /** Whether the answer ends the doubt. */
    boolean answered(Answer answer, long now) {
        return switch (answer) {
            case Answer.Failed() -> {
                again(now + settings.floor().toNanos());
                yield false;
            }
            case Answer.Nothing() -> {
                patience = MOST_DOUBLINGS;
                yield quiet(now);
            }
            case Answer.NewestId(long id) -> {
                OptionalLong known = sight.newest().id();
                OptionalLong compared = known.isPresent() ? known : baseline;
                if (compared.isEmpty()) {
                    baseline = OptionalLong.of(id); // what grows from here on must come
                    again(now + limitNanos());
                    yield false;
                }
                if (id > compared.getAsLong()) {
                    suspicion = new Suspicion.Overdue(now);
                    yield false;
                }
                yield quiet(now);
            }
        };
    }

    private boolean quiet(long now) {
        patience = Math.min(patience + 1, MOST_DOUBLINGS);
        suspicion = new Suspicion.None();
        doubtAt = now + patient(limitNanos(), patience);
        return true;
    }

    /** Still doubted, to be asked about then. */
    private void again(long nanos) {
        suspicion = new Suspicion.None();
        doubtAt = nanos;
        reDoubted = true;
    }

    /** Whether the doubt is a new one, to be counted; puts it in doubt. */
    boolean doubt() {
        boolean fresh = !reDoubted;
        reDoubted = false;
        suspicion = new Suspicion.Doubt(OptionalLong.empty());
        return fresh;
    }

    /** Found stalled by itself; how often in a row. */
    int condemn(long now) {
        suspicion = new Suspicion.Condemned(now);
        return ++strikes;
    }

    /** Judged with its connection. */
    void condemnWithOthers(long now) {
        suspicion = new Suspicion.Condemned(now);
    }

    /** What was told has had no effect. */
    void pardon(long now) {
        suspicion = new Suspicion.None();
        doubtAt = now + limitNanos();
    }

    /** Known for long enough to say that it comes so often that a silence of the floor is much. */
    boolean isLively() {
        return usualNanos > 0
                && silentSince - learningSince >= LEARNED_FLOORS * settings.floor().toNanos()
                && settings.multiple() * usualNanos <= 2 * settings.floor().toNanos();
    }

    boolean isSilent(long now) {
        return now - silentSince >= Math.max(settings.floor().toNanos(), limitNanos());
    }

    boolean cameSince(long nanos) {
        return came && silentSince - nanos > 0;
    }

    long silentSince() {
        return silentSince;
    }

    long seenNanos() {
        return seenNanos;
    }

    Sight sight() {
        return sight;
    }
}
