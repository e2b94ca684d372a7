package io.tapeline.ingestor;

import io.tapeline.ingestor.coingecko.CallAccount;
import io.tapeline.ingestor.coingecko.CoinGeckoPolls;
import io.tapeline.ingestor.coingecko.CoinGeckoSettings;
import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.poll.HttpAsker;
import io.tapeline.ingestor.poll.Poller;
import io.tapeline.schemas.market.Venue;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/** CoinGecko's prices: one poll for the whole installation. */
final class CoinGeckoFeed implements AutoCloseable {

    private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(15);

    private final Parts parts;
    private final CoinGeckoPolls polls;
    private final SourceCounters counters;

    private CoinGeckoFeed(Parts parts, CoinGeckoPolls polls, SourceCounters counters) {
        this.parts = parts;
        this.polls = polls;
        this.counters = counters;
    }

    /**
     * @param turn whether this instance is the one that calls
     * @param account stays the caller's
     * @param scheduler of one thread, on which all decisions are made; stays the caller's
     */
    static CoinGeckoFeed start(
            CoinGeckoSettings settings,
            RawRoutes routes,
            BooleanSupplier turn,
            CallAccount account,
            ScheduledExecutorService scheduler,
            Clock clock) {
        Parts parts = new Parts();
        SourceCounters counters = new SourceCounters(Venue.COINGECKO);
        CoinGeckoPolls polls =
                new CoinGeckoPolls(
                        settings,
                        turn,
                        account,
                        new Backoff(SHORTEST_BACKOFF, LONGEST_BACKOFF, new SplittableRandom()),
                        routes,
                        counters);
        HttpAsker http = parts.add("rest", new HttpAsker(settings.answerWithin(), clock));
        parts.add("polls", Poller.start("coingecko/rest", polls, http, scheduler, clock));
        return new CoinGeckoFeed(parts, polls, counters);
    }

    SourceCounters counters() {
        return counters;
    }

    SourceState state() {
        return polls.state();
    }

    @Override
    public void close() {
        parts.close();
    }
}
