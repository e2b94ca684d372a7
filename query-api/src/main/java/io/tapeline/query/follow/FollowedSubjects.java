package io.tapeline.query.follow;

import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What is followed: by name, or wholly, as long as somebody watches and a little longer. */
final class FollowedSubjects {

    /** What nobody watches any more is followed for so long still: somebody may come back. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    /** So long may a book be without a feed before its watchers are told. */
    private static final Duration AWAY = Duration.ofSeconds(2);

    /** Between two times that an instrument is asked for, at first. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final FollowCounts counts;
    private final Map<Subject, FollowedInstrument> followed = new ConcurrentHashMap<>();
    private final Map<Store, List<Watching>> ofAll = new EnumMap<>(Store.class);

    FollowedSubjects(FollowCounts counts) {
        this.counts = counts;
        for (Store kind : Store.values()) {
            ofAll.put(kind, new CopyOnWriteArrayList<>());
        }
    }

    /** Who watches all instruments of the kind. */
    List<Watching> ofAll(Store kind) {
        return ofAll.getOrDefault(kind, List.of());
    }

    /** Keeps it followed until somebody joins it. */
    FollowedInstrument expect(Store kind, Instrument instrument) {
        return followed.compute(
                new Subject(kind, instrument),
                (_, known) -> {
                    FollowedInstrument each = known == null ? make(kind, instrument) : known;
                    each.expectJoin();
                    return each;
                });
    }

    private FollowedInstrument make(Store kind, Instrument instrument) {
        return new FollowedInstrument(kind, instrument, ofAll(kind), counts, System.nanoTime());
    }

    @Nullable FollowedInstrument get(Store kind, Instrument instrument) {
        return followed.get(new Subject(kind, instrument));
    }

    /** Of which something is told: followed now, where all of the kind are. */
    @Nullable FollowedInstrument told(Store kind, Instrument instrument) {
        Subject subject = new Subject(kind, instrument);
        return ofAll(kind).isEmpty()
                ? followed.get(subject)
                : followed.computeIfAbsent(subject, _ -> make(kind, instrument));
    }

    Collection<FollowedInstrument> all() {
        return followed.values();
    }

    /** Books that somebody watches. */
    int books() {
        return (int)
                followed.values().stream()
                        .filter(each -> each.kind() == Store.BOOKS && each.isWatched())
                        .count();
    }

    /**
     * What is to be followed by name. Of kinds that are followed wholly only candles, since of
     * these no feed tells at once what it holds.
     */
    List<FollowedInstrument> byName() {
        return followed.values().stream()
                .filter(each ->
                        ofAll(each.kind()).isEmpty()
                                || each.kind() == Store.CANDLES && each.isWatched())
                .toList();
    }

    List<Store> wholly() {
        return ofAll.keySet().stream().filter(kind -> !ofAll(kind).isEmpty()).toList();
    }

    /** No feed tells of these any more. */
    void detached(Collection<Subject> subjects, long nanoTime) {
        for (Subject subject : subjects) {
            FollowedInstrument known = followed.get(subject);
            if (known != null) {
                known.detached(nanoTime, PAUSE.toNanos());
            }
        }
    }

    /** Forgets what nobody watches, and tells of books that nobody tells of. */
    void tidy(long nanoTime, EpochMicros now) {
        for (Map.Entry<Subject, FollowedInstrument> each : followed.entrySet()) {
            if (each.getValue().isIdle(LINGER.toNanos(), nanoTime)) {
                followed.computeIfPresent(
                        each.getKey(), (_, known) -> known.isWatched() ? known : null);
            } else {
                each.getValue().awayAfter(AWAY.toNanos(), nanoTime, now);
            }
        }
    }
}
