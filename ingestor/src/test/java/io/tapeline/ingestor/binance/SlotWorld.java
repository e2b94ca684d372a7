package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Lifetime;
import io.tapeline.ingestor.share.Interruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An exchange of random deeds around one slot. Keeps its own account of which streams are carried:
 * listed on a session that has neither ended nor been closed.
 */
final class SlotWorld {

    private static final Pattern STREAM = Pattern.compile("\"(s\\d+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final List<String> ALL =
            IntStream.range(0, 12).mapToObj(number -> "s" + number).toList();

    private final SplittableRandom random;
    private final ConnectionSlot slot;
    private final Map<Long, Set<String>> held = new HashMap<>();

    /** What it has listed of it. */
    private final Map<Long, Set<String>> listed = new HashMap<>();

    /** How often in a row it has not subscribed what it accepted, by session and stream. */
    private final Map<String, Integer> leftOut = new HashMap<>();

    private final Map<Long, List<String>> unanswered = new HashMap<>();
    private final Set<Long> connecting = new HashSet<>();

    private final Set<String> untold = new HashSet<>();
    private Set<String> wanted = Set.of();
    private long now;
    private boolean calm;
    private String complaint = "";

    SlotWorld(SplittableRandom random) {
        this.random = random;
        this.slot =
                new ConnectionSlot(
                        new LegDriver(
                                new ConnectionAttempts(1_000_000, Duration.ofMinutes(5)),
                                new Backoff(
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(2),
                                        random.split()),
                                new Lifetime(Duration.ofSeconds(30), random.split())),
                        () -> new Subscriptions(3, Duration.ofMillis(250), Duration.ofSeconds(10)),
                        new Succession.Carriage() {
                            @Override
                            public boolean brought(long session, String stream) {
                                return random.nextInt(3) > 0;
                            }

                            @Override
                            public long newestNanos(long session) {
                                return now;
                            }
                        },
                        Duration.ofSeconds(2),
                        0);
    }

    void step() {
        // Now and then long enough for what was refused to be asked for again, or given up.
        now += random.nextLong(random.nextInt(100) == 0 ? 1_500_000_000_000L : 500_000_000L);
        switch (random.nextInt(20)) {
            case 0 -> want();
            case 1 -> end();
            case 2 -> random(held.keySet()).ifPresent(s -> run(slot.serverShutdown(s, now)));
            case 3 -> random(connecting).ifPresent(this::fail);
            case 4, 5, 6 -> random(connecting).ifPresent(this::open);
            default -> random(unanswered.keySet()).ifPresent(this::answer);
        }
        run(slot.advance(now));
    }

    /** Nothing bad happens any more. */
    void calm() {
        calm = true;
        for (int step = 0; step < 4_000; step++) { // longer than any refused stream waits
            now += 250_000_000L;
            random(connecting).ifPresent(this::open);
            for (long session : List.copyOf(unanswered.keySet())) {
                answer(session);
            }
            run(slot.advance(now));
        }
    }

    private void want() {
        Set<String> next = new HashSet<>();
        ALL.forEach(stream -> {
            if (random.nextInt(4) > 0) {
                next.add(stream);
            }
        });
        next.forEach(stream -> {
            if (!wanted.contains(stream)) {
                untold.add(stream);
            }
        });
        untold.retainAll(next);
        wanted = next;
        run(slot.want(next, Interruption.ASSIGNED, now));
    }

    private void end() {
        random(held.keySet())
                .ifPresent(session -> {
                    gone(session);
                    run(slot.ended(session, "reset", Refusal.NONE, now));
                });
    }

    private void fail(long session) {
        connecting.remove(session);
        run(slot.ended(session, "refused", Refusal.NONE, now));
    }

    private void open(long session) {
        connecting.remove(session);
        held.put(session, new HashSet<>());
        listed.put(session, new HashSet<>());
        run(slot.opened(session, now));
    }

    private void answer(long session) {
        List<String> waiting = unanswered.getOrDefault(session, List.of());
        String message = waiting.getFirst();
        unanswered.computeIfPresent(
                session,
                (_, messages) ->
                        messages.size() == 1
                                ? null
                                : new ArrayList<>(messages.subList(1, messages.size())));
        Set<String> streams = held.get(session);
        if (streams == null) {
            return;
        }
        List<String> named = STREAM.matcher(message).results().map(r -> r.group(1)).toList();
        long id =
                ID.matcher(message)
                        .results()
                        .mapToLong(found -> Long.parseLong(found.group(1)))
                        .findFirst()
                        .orElseThrow();
        if (message.contains("LIST_SUBSCRIPTIONS")) {
            listed.put(session, new HashSet<>(streams));
            run(slot.answered(session, new ControlAnswer.Listed(id, streams), now));
            return;
        }
        if (message.contains("UNSUBSCRIBE")) {
            named.forEach(streams::remove);
            named.forEach(listed.getOrDefault(session, Set.of())::remove);
        } else if (message.contains("\"SUBSCRIBE\"")
                && !calm
                && random.nextInt(named.size() == 1 ? 3 : 6) == 0) {
            OptionalLong of = random.nextBoolean() ? OptionalLong.of(id) : OptionalLong.empty();
            run(slot.answered(session, new ControlAnswer.Refused(of, 2, "no"), now));
            return;
        } else {
            named.stream().filter(stream -> !leavesOut(session + stream)).forEach(streams::add);
        }
        run(slot.answered(session, new ControlAnswer.Accepted(id), now));
    }

    /** Not a third time: then it would be believed. */
    private boolean leavesOut(String subscription) {
        boolean leaves =
                !calm && random.nextInt(10) == 0 && leftOut.getOrDefault(subscription, 0) < 2;
        if (leaves) {
            leftOut.merge(subscription, 1, Integer::sum);
        } else {
            leftOut.remove(subscription);
        }
        return leaves;
    }

    private void gone(long session) {
        held.remove(session);
        Set<String> had = listed.remove(session);
        unanswered.remove(session);
        if (had != null) {
            had.stream()
                    .filter(wanted::contains)
                    .filter(stream -> !isCarried(stream))
                    .forEach(untold::add);
        }
    }

    private void run(List<SlotAction> actions) {
        for (SlotAction action : actions) {
            switch (action) {
                case SlotAction.Connect(long session) -> connecting.add(session);
                case SlotAction.Send(long session, String message) ->
                        unanswered.computeIfAbsent(session, _ -> new ArrayList<>()).add(message);
                case SlotAction.Close(long session) -> {
                    connecting.remove(session);
                    gone(session);
                }
                case SlotAction.Carried(List<String> streams, _) ->
                        streams.forEach(stream -> {
                            if (!untold.remove(stream)) {
                                complaint = stream + " was told though nothing was missed";
                            }
                        });
                case SlotAction.Confirmed _, SlotAction.WakeAt _, SlotAction.Note _ -> {}
            }
        }
        check();
    }

    /** On some connection, on which it is not about to be left. */
    private boolean isCarried(String stream) {
        return listed.entrySet().stream()
                .anyMatch(session ->
                        session.getValue().contains(stream)
                                && unanswered.getOrDefault(session.getKey(), List.of()).stream()
                                        .noneMatch(message ->
                                                message.contains("UNSUBSCRIBE")
                                                        && message.contains('"' + stream + '"')));
    }

    private void check() {
        for (String stream : wanted) {
            if (isCarried(stream) && untold.contains(stream)) {
                complaint = stream + " is carried again and nobody was told";
            }
        }
        if (held.size() + connecting.size() > 2) {
            complaint = "more than two connections: " + held.keySet() + connecting;
        }
    }

    private OptionalLong random(Set<Long> sessions) {
        if (sessions.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                sessions.stream()
                        .sorted()
                        .skip(random.nextInt(sessions.size()))
                        .findFirst()
                        .orElseThrow());
    }

    /** What was wrong last; empty if nothing was. */
    String complaint() {
        return complaint;
    }

    int subscribedCount() {
        return slot.subscribedCount();
    }

    int wantedCount() {
        return wanted.size();
    }
}
