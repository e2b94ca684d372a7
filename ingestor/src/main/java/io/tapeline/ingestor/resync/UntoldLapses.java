package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lapses that are being told. Of one stream on one line one is told at a time; those that come
 * meanwhile are made one, from the earliest to the latest, so that what waits does not grow however
 * often a line is interrupted while Kafka is away. A stream's first time, which has no beginning,
 * is kept apart from its later lapses: those may be gaps. Not thread-safe.
 */
final class UntoldLapses {

    /** What becomes of a lapse. */
    enum Admission {
        /** To be told now. */
        TELL,
        /** Told with others, once the one that is being told is. */
        MERGED,
        /** No room. */
        FULL
    }

    private record Key(String line, StreamKey stream, boolean first) {

        private static Key of(Lapse lapse) {
            return new Key(lapse.line(), lapse.stream(), lapse.from().isEmpty());
        }
    }

    private final int capacity;

    /** Of what is being told: what has come meanwhile, empty if nothing. */
    private final Map<Key, Optional<Lapse>> meanwhile = new HashMap<>();

    UntoldLapses(int capacity) {
        this.capacity = capacity;
    }

    Admission add(Lapse lapse) {
        Key key = Key.of(lapse);
        Optional<Lapse> waiting = meanwhile.get(key);
        if (waiting != null) {
            meanwhile.put(key, Optional.of(waiting.map(w -> union(w, lapse)).orElse(lapse)));
            return Admission.MERGED;
        }
        if (meanwhile.size() >= capacity) {
            return Admission.FULL;
        }
        meanwhile.put(key, Optional.empty());
        return Admission.TELL;
    }

    /** This one could not be told: what is to be told in its place, with what came meanwhile. */
    Lapse again(Lapse lapse) {
        Optional<Lapse> more = meanwhile.put(Key.of(lapse), Optional.empty());
        return more == null || more.isEmpty() ? lapse : union(lapse, more.get());
    }

    /** This one is told: what is to be told next of the same; null if nothing. */
    @Nullable Lapse told(Lapse lapse) {
        Optional<Lapse> more = meanwhile.remove(Key.of(lapse));
        if (more == null || more.isEmpty()) {
            return null;
        }
        meanwhile.put(Key.of(lapse), Optional.empty());
        return more.get();
    }

    int size() {
        return meanwhile.size();
    }

    private static Lapse union(Lapse one, Lapse other) {
        Lapse earlier = begin(other) < begin(one) ? other : one;
        return new Lapse(
                earlier.line(),
                earlier.stream(),
                earlier.from(),
                one.to().isAfter(other.to()) ? one.to() : other.to(),
                earlier.cause());
    }

    private static long begin(Lapse lapse) {
        return lapse.from().map(EpochMicros::value).orElse(Long.MIN_VALUE);
    }
}
