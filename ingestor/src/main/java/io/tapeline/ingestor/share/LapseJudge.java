package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Decides of each lapse of a line what of it no other line carried. What has been found missing
 * once is not found missing again, so that of lines that were away together the first to be back
 * speaks for all of them:
 *
 * <pre>
 * line a   ------|                |-------
 * line b   ----------|        |-----------
 * missing            |--------|               told by b; of a's lapse nothing is left
 * </pre>
 *
 * <p>Remembers for ten minutes, and so many lapses. Not thread-safe.
 */
public final class LapseJudge {

    private static final long REMEMBERED_MICROS = Duration.ofMinutes(10).toNanos() / 1_000;

    /** A line that has not spoken for longer is not waited for. */
    private static final long WAITED_FOR_MICROS = Duration.ofSeconds(30).toNanos() / 1_000;

    /** What is to be done about a lapse. */
    public sealed interface Verdict {

        /** It cannot be said yet: another line may have carried it, but has not spoken since. */
        record NotYet() implements Verdict {}

        /** Other lines carried it all the while, or it is being fetched already. */
        record Nothing() implements Verdict {}

        /** No line ever carried it before. */
        record First() implements Verdict {}

        /** Nobody carried it in these spans, in order; both ends inclusive. */
        record Missing(List<Between> spans) implements Verdict {}
    }

    /** A span of receive times, both ends inclusive. */
    public record Between(EpochMicros from, EpochMicros to) {}

    private record Claim(Spans spans, EpochMicros at) {}

    private final int capacity;
    private final Map<StreamKey, List<Lapse>> lapses = new HashMap<>();
    private final Map<StreamKey, List<Claim>> claims = new HashMap<>();
    private int remembered;

    /**
     * @param capacity most lapses that are remembered
     */
    public LapseJudge(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Another lapse is known, whoever decides of it.
     *
     * @return false if there is no room to remember it
     */
    public boolean remember(Lapse lapse) {
        if (remembered >= capacity) {
            return false;
        }
        remembered++;
        lapses.computeIfAbsent(lapse.stream(), _ -> new ArrayList<>()).add(lapse);
        return true;
    }

    /**
     * What of it is missing; that is then taken as told.
     *
     * @param others what the other lines say of the instrument, by their names
     * @param last whether it must be decided now
     */
    public Verdict judge(Lapse lapse, Map<String, Carried> others, boolean last) {
        OptionalLong began =
                others.values().stream()
                        .mapToLong(carried -> carried.since().value())
                        .filter(since -> since < lapse.to().value())
                        .min();
        boolean first = lapse.from().isEmpty() && began.isEmpty();
        long from =
                lapse.from()
                        .map(EpochMicros::value)
                        .orElse(first ? Long.MIN_VALUE : began.orElse(0));
        Spans missing =
                Spans.of(from, lapse.to().value())
                        .minus(claimed(lapse.stream()))
                        .minusAll(
                                others.entrySet().stream()
                                        .filter(other -> !other.getKey().equals(lapse.line()))
                                        .map(other ->
                                                carried(
                                                        lapse.stream(),
                                                        other.getKey(),
                                                        other.getValue()))
                                        .toList());
        if (missing.isEmpty()) {
            return new Verdict.Nothing();
        }
        if (!last && others.values().stream().anyMatch(other -> maySpeak(other, lapse))) {
            return new Verdict.NotYet();
        }
        claims.computeIfAbsent(lapse.stream(), _ -> new ArrayList<>())
                .add(new Claim(missing, lapse.to()));
        return first ? new Verdict.First() : new Verdict.Missing(between(missing));
    }

    private static boolean maySpeak(Carried other, Lapse lapse) {
        long behind = lapse.to().value() - other.until().value();
        return behind > 0 && behind < WAITED_FOR_MICROS;
    }

    private Spans claimed(StreamKey stream) {
        return new Spans(
                claims.getOrDefault(stream, List.of()).stream()
                        .flatMap(claim -> claim.spans.spans().stream())
                        .toList());
    }

    private Spans carried(StreamKey stream, String line, Carried says) {
        Spans not =
                new Spans(
                        lapses.getOrDefault(stream, List.of()).stream()
                                .filter(lapse -> lapse.line().equals(line))
                                .map(lapse ->
                                        new Spans.Span(
                                                lapse.from()
                                                        .map(EpochMicros::value)
                                                        .orElse(Long.MIN_VALUE),
                                                lapse.to().value()))
                                .toList());
        return Spans.of(says.since().value(), says.until().value()).minus(not);
    }

    private static List<Between> between(Spans spans) {
        return spans.spans().stream()
                .map(span -> new Between(new EpochMicros(span.from()), new EpochMicros(span.to())))
                .toList();
    }

    /** Forgets what is too old to matter. */
    public void forget(EpochMicros now) {
        long oldest = now.value() - REMEMBERED_MICROS;
        lapses.values().forEach(all -> all.removeIf(lapse -> lapse.to().value() < oldest));
        lapses.values().removeIf(List::isEmpty);
        claims.values().forEach(all -> all.removeIf(claim -> claim.at.value() < oldest));
        claims.values().removeIf(List::isEmpty);
        remembered = lapses.values().stream().mapToInt(List::size).sum();
    }
}
