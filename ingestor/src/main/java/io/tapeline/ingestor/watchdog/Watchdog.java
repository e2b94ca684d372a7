package io.tapeline.ingestor.watchdog;

import io.tapeline.ingestor.watchdog.Finding.Ask;
import io.tapeline.ingestor.watchdog.Finding.ConnectionStalled;
import io.tapeline.ingestor.watchdog.Finding.StreamsStalled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches every stream of every line. A stream that is silent for longer than is usual for it is in
 * doubt, and the doubt ends in one of these ways: an event comes; another line has brought newer
 * ones; most of the connection's lively streams fell silent with it; REST says whether there is
 * something newer. Not thread-safe. Times are of {@link System#nanoTime}.
 */
public final class Watchdog {

    /** Streams of fewer instruments may well be silent together. */
    private static final int SEVERAL = 3;

    private static final long FORGET_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long PARDON_NANOS = Duration.ofMinutes(1).toNanos();

    private record Key(String line, String stream) {}

    private final WatchdogSettings settings;
    private final InquiryBudget budget;
    private final Map<Key, Vigil> vigils = new LinkedHashMap<>();
    private final Map<String, ConnectionVigil> connections = new HashMap<>();
    private final Set<Question> asked = new LinkedHashSet<>();
    private Tally tally = new Tally(0, 0, 0, 0);

    public Watchdog(WatchdogSettings settings) {
        this.settings = settings;
        this.budget = new InquiryBudget(settings.weightPerMinute());
    }

    /**
     * What has been found since the start.
     *
     * @param doubted streams
     * @param resolved doubts that ended well
     * @param stalled streams, each alone
     * @param stalledConnections connections
     */
    public record Tally(long doubted, long resolved, long stalled, long stalledConnections) {

        private Tally and(long moreDoubted, long moreResolved, long moreStalled, long moreWhole) {
            return new Tally(
                    doubted + moreDoubted,
                    resolved + moreResolved,
                    stalled + moreStalled,
                    stalledConnections + moreWhole);
        }
    }

    public Tally tally() {
        return tally;
    }

    /**
     * Looks at all that can be seen now.
     *
     * @param sights of each stream of each line, at most one
     */
    public List<Finding> look(Collection<Sight> sights, long now) {
        Map<String, List<Vigil>> byConnection = new LinkedHashMap<>();
        for (Sight sight : sights) {
            byConnection
                    .computeIfAbsent(sight.connection(), _ -> new ArrayList<>())
                    .add(seen(sight, now));
        }
        vigils.values().removeIf(vigil -> now - vigil.seenNanos() > FORGET_NANOS);
        connections.keySet().retainAll(connectionsOf(vigils.values()));
        List<Finding> findings = new ArrayList<>();
        byConnection.forEach((connection, watched) -> {
            Finding finding = judge(connection, watched, now);
            if (finding != null) {
                findings.add(finding);
            }
        });
        budget.at(now);
        byConnection.values().stream()
                .flatMap(List::stream)
                .filter(vigil -> vigil.suspicion() instanceof Suspicion.Doubt)
                .forEach(vigil -> ask(vigil, findings));
        return findings;
    }

    private Vigil seen(Sight sight, long now) {
        Key key = new Key(sight.line(), sight.stream());
        Vigil vigil = vigils.computeIfAbsent(key, _ -> new Vigil(settings, sight, now));
        if (vigil.see(sight, now)) {
            tally = tally.and(0, 1, 0, 0);
        }
        if (vigil.isDueForDoubt(now) && vigil.doubt()) {
            tally = tally.and(1, 0, 0, 0);
        }
        return vigil;
    }

    private static Set<String> connectionsOf(Collection<Vigil> vigils) {
        Set<String> names = new LinkedHashSet<>();
        vigils.forEach(vigil -> names.add(vigil.sight().connection()));
        return names;
    }

    private @Nullable Finding judge(String connection, List<Vigil> watched, long now) {
        ConnectionVigil whole =
                connections.computeIfAbsent(connection, _ -> new ConnectionVigil(settings));
        whole.see(watched);
        if (whole.maySuspect(now)) {
            List<Vigil> together = silentTogether(watched, now);
            if (!together.isEmpty()) {
                return connectionStalled(connection, whole, together, now);
            }
        }
        List<Vigil> stalled = new ArrayList<>();
        boolean again = false;
        for (Vigil vigil : watched) {
            if (isStalled(vigil, now)) {
                again |= vigil.condemn(now) > 1;
                tally = tally.and(0, 0, 1, 0);
                stalled.add(vigil);
            }
        }
        if (stalled.isEmpty()) {
            return null;
        }
        List<Vigil> condemned =
                watched.stream().filter(v -> v.suspicion() instanceof Suspicion.Condemned).toList();
        return again || condemned.size() >= SEVERAL
                ? connectionStalled(connection, whole, condemned, now)
                : new StreamsStalled(connection, names(stalled));
    }

    private Finding connectionStalled(
            String connection, ConnectionVigil whole, List<Vigil> silent, long now) {
        silent.forEach(vigil -> vigil.condemnWithOthers(now));
        whole.condemn(now);
        tally = tally.and(0, 0, 0, 1);
        return new ConnectionStalled(connection, names(silent));
    }

    /** Those lively ones that are silent, if they are most and not just of a few instruments. */
    private List<Vigil> silentTogether(List<Vigil> watched, long now) {
        List<Vigil> lively = watched.stream().filter(Vigil::isLively).toList();
        List<Vigil> silent = lively.stream().filter(vigil -> vigil.isSilent(now)).toList();
        long subjects = silent.stream().map(vigil -> vigil.sight().subject()).distinct().count();
        return subjects >= SEVERAL && silent.size() >= settings.share() * lively.size()
                ? silent
                : List.of();
    }

    private boolean isStalled(Vigil vigil, long now) {
        long grace = settings.grace().toNanos();
        return switch (vigil.suspicion()) {
            case Suspicion.None() -> false;
            case Suspicion.Doubt(OptionalLong witnessed) -> {
                OptionalLong since = witnessed(vigil, witnessed, now);
                vigil.suspect(new Suspicion.Doubt(since));
                yield since.isPresent() && now - since.getAsLong() >= grace;
            }
            case Suspicion.Asked(OptionalLong witnessed) -> {
                OptionalLong since = witnessed(vigil, witnessed, now);
                vigil.suspect(new Suspicion.Asked(since));
                yield since.isPresent() && now - since.getAsLong() >= grace;
            }
            case Suspicion.Overdue(long since) -> now - since >= grace;
            case Suspicion.Condemned(long since) -> {
                if (now - since >= PARDON_NANOS) {
                    vigil.pardon(now);
                }
                yield false;
            }
        };
    }

    /** When another line was first seen to have brought something since this one fell silent. */
    private OptionalLong witnessed(Vigil vigil, OptionalLong before, long now) {
        if (before.isPresent()) {
            return before;
        }
        long from = vigil.silentSince() + settings.grace().toNanos();
        boolean other =
                lines().stream()
                        .filter(line -> !line.equals(vigil.sight().line()))
                        .map(line -> vigils.get(new Key(line, vigil.sight().stream())))
                        .anyMatch(witness -> witness != null && witness.cameSince(from));
        return other ? OptionalLong.of(now) : OptionalLong.empty();
    }

    private Set<String> lines() {
        Set<String> lines = new LinkedHashSet<>();
        vigils.keySet().forEach(key -> lines.add(key.line()));
        return lines;
    }

    /** Not while a witness's word is waited for, nor beyond the budget: then at a later look. */
    private void ask(Vigil vigil, List<Finding> findings) {
        if (!(vigil.suspicion() instanceof Suspicion.Doubt(OptionalLong witnessed))
                || witnessed.isPresent()) {
            return;
        }
        Question question = vigil.sight().question();
        if (asked.contains(question)) {
            vigil.suspect(new Suspicion.Asked(witnessed));
        } else if (budget.take(question)) {
            asked.add(question);
            vigil.suspect(new Suspicion.Asked(witnessed));
            findings.add(new Ask(question));
        }
    }

    /** What came of an {@link Ask}; serves all streams that wait for it. */
    public void answered(Question question, Answer answer, long now) {
        asked.remove(question);
        for (Vigil vigil : vigils.values()) {
            if (vigil.suspicion() instanceof Suspicion.Asked
                    && vigil.sight().question().equals(question)
                    && vigil.answered(answer, now)) {
                tally = tally.and(0, 1, 0, 0);
            }
        }
    }

    private static List<String> names(List<Vigil> vigils) {
        return vigils.stream().map(vigil -> vigil.sight().stream()).toList();
    }
}
