package io.tapeline.aggregator.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A book changes, is lost and begins anew; it is offered a while after it changed, and its follower
 * takes now and then, asks anew, overflows. Whatever the order: after what was held each delta
 * joins or is known already, and in the end the follower has the book.
 */
class FeedSimulationTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final EpochMicros NOW = new EpochMicros(1);
    private static final int RUNS = 300;
    private static final int STEPS = 400;

    private final Tap tap = new Tap(1, 1, 8);
    private final Feed feed = tap.open().orElseThrow();
    private long stored = 1;
    private boolean lost;
    private @Nullable BookEvent accepted;
    private long followed = -1;
    private boolean followedLost;

    @Test
    void aFollowerMissesNothing() throws InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            feed.begin(Kind.BOOKS, BTC);
            for (int step = 0; step < STEPS; step++) {
                step(random);
            }
            offer();
            while (take()) {
                // Until nothing waits.
            }
            assertThat(followed).as("seed %s, run %s", seed, run).isEqualTo(stored);
            assertThat(followedLost).as("seed %s, run %s", seed, run).isEqualTo(lost);
            feed.end(Kind.BOOKS, BTC);
            followed = -1;
        }
    }

    private void step(Random random) throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 40) {
            offer();
            accept(random);
        } else if (dice < 55) {
            offer();
        } else if (dice < 98) {
            take();
        } else {
            feed.begin(Kind.BOOKS, BTC);
        }
    }

    /** The store is changed first, and what was accepted is offered later. */
    private void accept(Random random) {
        if (lost) {
            lost = random.nextInt(3) > 0;
            if (!lost) {
                stored += 1 + random.nextInt(3);
                accepted =
                        new BookEvent.Reset(
                                BTC, NOW, stored, Levels.EMPTY, Levels.EMPTY, true, true, "gap");
            }
        } else if (random.nextInt(20) == 0) {
            lost = true;
            accepted = new BookEvent.Lost(BTC, NOW, "gap");
        } else {
            accepted =
                    new BookEvent.Delta(
                            BTC, NOW, stored + 1, stored + 2, stored, Levels.EMPTY, Levels.EMPTY);
            stored += 2;
        }
    }

    private void offer() {
        if (accepted != null) {
            tap.book(accepted);
            accepted = null;
        }
    }

    private boolean take() throws InterruptedException {
        switch (feed.take(Duration.ZERO)) {
            case Next.TellHeld(Place place) -> {
                feed.begins(place);
                followed = stored;
                followedLost = lost;
            }
            case Next.Tell(Accepted.OfBook(BookEvent.Delta delta)) -> {
                if (delta.finalUpdateId() > followed) {
                    assertThat(delta.previousUpdateId()).isEqualTo(followed);
                    assertThat(followedLost).isFalse();
                    followed = delta.finalUpdateId();
                }
            }
            case Next.Tell(Accepted.OfBook(BookEvent.Lost _)) -> followedLost = true;
            case Next.Tell(var other) -> throw new AssertionError(other);
            case Next.TellAllHeld _, Next.TellGone _, Next.Closed _ -> throw new AssertionError();
            case Next.Quiet _ -> {
                return false;
            }
        }
        return true;
    }
}
