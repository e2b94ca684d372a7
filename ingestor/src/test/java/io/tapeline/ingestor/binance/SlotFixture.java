package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.binance.SlotAction.Carried;
import io.tapeline.ingestor.binance.SlotAction.Close;
import io.tapeline.ingestor.binance.SlotAction.Connect;
import io.tapeline.ingestor.binance.SlotAction.Note;
import io.tapeline.ingestor.binance.SlotAction.Send;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.connection.ConnectionAttempts;
import io.tapeline.ingestor.connection.Lifetime;
import io.tapeline.ingestor.share.Interruption;
import io.tapeline.schemas.market.EpochMicros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/** A slot, what happens to it, and what it wants done of it, in few words. */
abstract class SlotFixture {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    static final long HOUR = 3_600 * SECOND;

    static final Interruption GOING_AWAY =
            new Interruption(Optional.of(new EpochMicros(7_000)), "connection lost: going away");

    /** Sessions and streams of which an event has come. */
    final Set<String> brought = new HashSet<>();

    final Map<Long, Long> newest = new HashMap<>();
    final ConnectionAttempts attempts = new ConnectionAttempts(240, Duration.ofMinutes(5));
    long now = 5 * SECOND;

    final ConnectionSlot slot =
            new ConnectionSlot(
                    new LegDriver(
                            attempts,
                            new Backoff(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(30),
                                    new SplittableRandom(1)),
                            new Lifetime(Duration.ofHours(23), new SplittableRandom(2))),
                    () -> new Subscriptions(2, Duration.ofMillis(250), Duration.ofSeconds(10)),
                    new Succession.Carriage() {
                        @Override
                        public boolean brought(long session, String stream) {
                            return brought.contains(session + stream);
                        }

                        @Override
                        public long newestNanos(long session) {
                            return newest.getOrDefault(session, 0L);
                        }
                    },
                    Duration.ofSeconds(2),
                    now);

    List<SlotAction> refuse(long session, long id) {
        return slot.answered(session, new ControlAnswer.Refused(OptionalLong.of(id), 1, "no"), now);
    }

    static OptionalLong alarm(List<SlotAction> actions) {
        return actions.stream()
                .filter(SlotAction.WakeAt.class::isInstance)
                .mapToLong(action -> ((SlotAction.WakeAt) action).nanos())
                .min();
    }

    void running(String... streams) {
        want(streams);
        slot.opened(1, now);
        int messages = (streams.length + 1) / 2;
        for (int id = 1; id < messages; id++) {
            accept(1, id);
            after(250 * MILLI);
        }
        confirm(1, messages, streams);
        now += SECOND;
        assertThat(slot.subscribedCount()).isEqualTo(streams.length);
    }

    void overlapping(String... streams) {
        slot.serverShutdown(1, now);
        assertThat(deeds(after(SECOND))).containsExactly(new Connect(2));
        assertThat(deeds(slot.opened(2, now))).containsExactly(subscribe(2, 1, streams));
        confirm(2, 1, streams);
    }

    List<SlotAction> want(String... streams) {
        return slot.want(new LinkedHashSet<>(List.of(streams)), Interruption.START, now);
    }

    List<SlotAction> accept(long session, long id) {
        return slot.answered(session, new ControlAnswer.Accepted(id), now);
    }

    List<SlotAction> listed(long session, long id, String... streams) {
        return slot.answered(session, new ControlAnswer.Listed(id, Set.of(streams)), now);
    }

    /**
     * The exchange accepts the last of what it is asked for, and is asked in due time what it
     * carries: these.
     *
     * @return what follows from the list
     */
    List<SlotAction> confirm(long session, long id, String... streams) {
        List<SlotAction> before = new ArrayList<>(accept(session, id));
        before.addAll(after(250 * MILLI));
        assertThat(deeds(before)).containsExactly(list(session, id + 1));
        return listed(session, id + 1, streams);
    }

    List<SlotAction> after(long nanos) {
        now += nanos;
        return slot.advance(now);
    }

    /** What is to be done or told to others; no notes, no alarms. */
    static List<SlotAction> deeds(List<SlotAction> actions) {
        return actions.stream()
                .filter(action ->
                        switch (action) {
                            case Connect _, Send _, Close _, Carried _ -> true;
                            case Note _, SlotAction.WakeAt _, SlotAction.Confirmed _ -> false;
                        })
                .toList();
    }

    static Send subscribe(long session, long id, String... streams) {
        return new Send(
                session,
                "{\"method\":\"SUBSCRIBE\",\"params\":[\""
                        + String.join("\",\"", streams)
                        + "\"],\"id\":"
                        + id
                        + "}");
    }

    static Send list(long session, long id) {
        return new Send(session, "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + id + "}");
    }

    static Send fence(long session, long id) {
        return new Send(
                session,
                "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":" + id + "}");
    }

    static Carried carried(Interruption after, String... streams) {
        return new Carried(List.of(streams), after);
    }
}
