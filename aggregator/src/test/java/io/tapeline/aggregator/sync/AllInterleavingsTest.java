package io.tapeline.aggregator.sync;

import static io.tapeline.aggregator.book.Books.levels;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.book.Books;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.EpochMicros;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ids 1 to 6 over three lines, each with cuts of its own: every order in which the lines' messages
 * can come, and of each every choice of messages that are lost on the way.
 *
 * <pre>
 *   ids       1   2   3   4   5   6
 *   line a   [1   2] [3   4] [5   6]
 *   line b   [1] [2   3] [4   5   6]
 *   line c   [1   2   3] [4   5] (6 comes with what follows)
 * </pre>
 */
class AllInterleavingsTest {

    private static final EpochMicros T0 = new EpochMicros(1_000_000_000);
    private static final EpochMicros LATER =
            new EpochMicros(T0.value() + SyncSettings.DEFAULT.reordering().toNanos() / 1_000);
    private static final List<List<DepthUpdate>> LINES =
            List.of(
                    List.of(update(1, 2), update(3, 4), update(5, 6)),
                    List.of(update(1, 1), update(2, 3), update(4, 6)),
                    List.of(update(1, 3), update(4, 5)));
    private static final int MESSAGES = 8;

    private final BookSync sync = new BookSync(SyncSettings.DEFAULT);
    private int cases;

    private static DepthUpdate update(long first, long last) {
        return Books.update(first, last, levels(), levels());
    }

    /** Which messages, of which line, in order. */
    private record Arrival(int line, DepthUpdate update) {}

    @Test
    void leadAsFarAsTheIdsThatCameGoAndToAGapJustWhereNoneCame() {
        interleave(new int[LINES.size()], new ArrayList<>());

        // 8! / (3! 3! 2!) orders, and for each any of 8 messages lost or not.
        assertThat(cases).isEqualTo(560 * 256);
    }

    private void interleave(int[] taken, List<Arrival> order) {
        if (order.size() == MESSAGES) {
            for (int lost = 0; lost < 1 << MESSAGES; lost++) {
                cases++;
                check(order, lost);
            }
            return;
        }
        for (int line = 0; line < taken.length; line++) {
            if (taken[line] < LINES.get(line).size()) {
                order.add(new Arrival(line, LINES.get(line).get(taken[line])));
                taken[line]++;
                interleave(taken, order);
                taken[line]--;
                order.removeLast();
            }
        }
    }

    private void check(List<Arrival> order, int lost) {
        SyncState state = new SyncState.Live(0, T0, RequestPacing.FRESH);
        List<DepthUpdate> came = new ArrayList<>();
        long applied = 0;
        for (int i = 0; i < order.size(); i++) {
            if ((lost >> i & 1) == 1) {
                continue;
            }
            came.add(order.get(i).update());
            SyncStep step = sync.onUpdate(state, order.get(i).update(), T0, T0);
            applied = follow(applied, step, order, lost);
            state = step.next();
        }
        long reached = reach(came);
        List<DepthUpdate> beyond =
                came.stream().filter(update -> update.firstUpdateId() > reached + 1).toList();
        SyncStep later = sync.onTick(state, LATER);

        if (applied != reached) {
            throw new AssertionError(
                    "applied up to " + applied + ", came up to " + reached + ": " + order + lost);
        }
        if (beyond.isEmpty()) {
            assertThat(later).isEqualTo(new SyncStep(state, null, List.of()));
        } else {
            long next =
                    beyond.stream()
                            .min(Comparator.comparingLong(DepthUpdate::firstUpdateId))
                            .orElseThrow()
                            .firstUpdateId();
            OpenGap gap = new OpenGap(OpenGap.Cause.MISSED_UPDATES, reached + 1, next - 1, T0);
            assertThat(later.effects())
                    .containsExactly(new Effect.Lose(gap), new Effect.Request("gap", next - 1));
        }
    }

    /** Each of the ids follows the one before, and nothing is lost while there is time. */
    private static long follow(long from, SyncStep step, List<Arrival> order, int lost) {
        long applied = from;
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Apply(DepthUpdate update, long previous, _) -> {
                    if (previous != applied
                            || update.firstUpdateId() > previous + 1
                            || update.finalUpdateId() <= previous) {
                        throw new AssertionError(
                                effect + " after " + applied + ": " + order + lost);
                    }
                    applied = update.finalUpdateId();
                }
                case Effect.Covered _ -> {}
                case Effect.Lose _,
                        Effect.Mend _,
                        Effect.Recall _,
                        Effect.Replace _,
                        Effect.Request _,
                        Effect.Overflowed _ ->
                        throw new AssertionError(effect + ": " + order + lost);
            }
        }
        return applied;
    }

    /** A.5 step 6 over whatever came, in no order. */
    private static long reach(List<DepthUpdate> came) {
        long id = 0;
        boolean further = true;
        while (further) {
            further = false;
            for (DepthUpdate update : came) {
                if (update.firstUpdateId() <= id + 1 && update.finalUpdateId() > id) {
                    id = update.finalUpdateId();
                    further = true;
                }
            }
        }
        return id;
    }
}
