package io.tapeline.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.query.guard.Guard;
import io.tapeline.query.guard.GuardCounts;
import io.tapeline.query.guard.Room;
import io.tapeline.query.routing.Aggregators;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What became of questions: asked = answered by status + refused; and how long answers take. One
 * histogram a room, for each tag more would cost every question.
 */
final class QuestionMeters implements MeterBinder {

    private static final List<Room> BOUNDED = List.of(Room.STATE, Room.LISTS, Room.HISTORY);
    private static final Duration[] BOUNDS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Guard guard;
    private final Aggregators aggregators;

    QuestionMeters(Guard guard, Aggregators aggregators) {
        this.guard = guard;
        this.aggregators = aggregators;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        answers(new Named<>(registry, "tapeline.http.", guard.counts()));
        Named<Guard> named = new Named<>(registry, "tapeline.http.", guard);
        for (Room room : BOUNDED) {
            named.gauge(
                    "inside",
                    "room",
                    id(room),
                    now -> now.inside(room),
                    "Questions of the room that are being worked on");
        }
        named.gauge("clients", Guard::clients, "Clients told apart in this minute");
        new Named<>(registry, "tapeline.questions.", aggregators)
                .count(
                        "shared",
                        Aggregators::shared,
                        "Questions to aggregators that one under way answered too");
        times(registry);
    }

    private static void answers(Named<GuardCounts> named) {
        for (int hundred = 2; hundred <= 5; hundred++) {
            int of = hundred;
            named.count(
                    "answers",
                    "status",
                    of + "xx",
                    counts -> counts.answers(of),
                    "Answers by status, refusals not among them");
        }
        refused(named, "weight", GuardCounts::refusedForWeight);
        refused(named, "connections", GuardCounts::refusedForConnections);
        refused(named, "room", GuardCounts::refusedForRoom);
        refused(named, "key", GuardCounts::refusedForKey);
        refused(named, "host", GuardCounts::refusedForHost);
    }

    private static void refused(
            Named<GuardCounts> named, String why, ToDoubleFunction<GuardCounts> value) {
        named.count(
                "refused",
                "why",
                why,
                value,
                "Questions refused: weight of the minute used up, too many live connections, no"
                        + " room, no key, another host's name");
    }

    private void times(MeterRegistry registry) {
        Map<Room, Timer> timers = new EnumMap<>(Room.class);
        for (Room room : BOUNDED) {
            timers.put(
                    room,
                    Timer.builder("tapeline.http.request.duration")
                            .description("How long answers take; streams and WebSockets apart")
                            .serviceLevelObjectives(BOUNDS)
                            .tag("room", id(room))
                            .register(registry));
        }
        guard.counts()
                .timeWith((room, nanos) -> {
                    Timer timer = timers.get(room);
                    if (timer != null) {
                        timer.record(nanos, TimeUnit.NANOSECONDS);
                    }
                });
    }

    private static String id(Room room) {
        return room.name().toLowerCase(Locale.ROOT);
    }
}
