package io.tapeline.ingestor.coingecko;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.MemberTime;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceCounters.Count;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.poll.PollAnswer;
import io.tapeline.ingestor.poll.PollRequest;
import io.tapeline.ingestor.poll.PollStep;
import io.tapeline.ingestor.poll.PollVerdict;
import io.tapeline.ingestor.poll.Polls;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Venue;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prices of all coins in all currencies by {@code /simple/price}, one instance of the
 * installation at a time. Each coin's object goes to the raw topic once for each currency.
 */
public final class CoinGeckoPolls implements Polls {

    private static final Logger log = LoggerFactory.getLogger(CoinGeckoPolls.class);

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final CoinGeckoSettings settings;
    private final List<List<String>> calls;
    private final Map<String, RawRoute> routes = new HashMap<>();
    private final BooleanSupplier turn;
    private final Turn account;
    private final Backoff backoff;
    private final SourceCounters counters;
    private final Set<String> toldAbsent = new HashSet<>();
    private final Map<Integer, Integer> arrivingByCall = new HashMap<>();
    private @Nullable CallPlan plan;
    private int call;
    private boolean refusalTold;
    private volatile boolean mine;
    private volatile boolean answering = true;
    private volatile int arriving;
    private volatile long newestNanos;

    /**
     * @param turn whether this instance is the one that calls; asked anew for each call
     * @param account of the calls, shared by all instances
     * @param backoff waits after failures
     */
    public CoinGeckoPolls(
            CoinGeckoSettings settings,
            BooleanSupplier turn,
            CallAccount account,
            Backoff backoff,
            RawRoutes routes,
            SourceCounters counters) {
        this.settings = settings;
        this.calls = settings.calls();
        this.turn = turn;
        this.account = new Turn(account);
        this.backoff = backoff;
        this.counters = counters;
        for (String coin : settings.coins()) {
            for (String currency : settings.currencies()) {
                this.routes.put(coin + "-" + currency, route(coin, currency, routes));
            }
        }
    }

    private static RawRoute route(String coin, String currency, RawRoutes routes) {
        return routes.route(
                CoinGeckoSettings.pair(coin, currency),
                EventKind.TICKERS,
                new MemberTime("last_updated_at", MICROS_PER_SECOND),
                "rest/simple/price?ids=" + coin + "&vs_currencies=" + currency,
                SourceState.REST,
                ExchangeTimeUnit.MILLISECONDS);
    }

    @Override
    public PollStep next(Instant now) {
        mine = turn.getAsBoolean();
        if (!mine) {
            plan = null;
            account.leave();
            return new PollStep.WaitUntil(Instant.MAX);
        }
        CallPlan current = plan;
        if (current == null) {
            current = begin(now);
            if (current == null) {
                return new PollStep.WaitUntil(Instant.MAX);
            }
            plan = current;
        }
        if (now.isBefore(current.due())) {
            return new PollStep.WaitUntil(current.due());
        }
        call = current.call(now);
        account.called(now);
        counters.increment(Count.CALLS);
        return new PollStep.Ask(request(calls.get(call)));
    }

    /** Null as long as it is not known when the installation last called. */
    private @Nullable CallPlan begin(Instant now) {
        return account.firstDue(now, settings.pace())
                .map(due -> new CallPlan(calls.size(), settings.pace(), due, backoff))
                .orElse(null);
    }

    private PollRequest request(List<String> coins) {
        return new PollRequest(
                coins.size() + " coins",
                URI.create(
                        settings.base()
                                + "/simple/price?ids="
                                + String.join(",", coins)
                                + "&vs_currencies="
                                + String.join(",", settings.currencies())
                                + "&include_last_updated_at=true&precision=full"),
                settings.key()
                        .map(key -> Map.of(key.kind().header(), key.text()))
                        .orElse(Map.of()));
    }

    @Override
    public void answered(PollRequest request, PollAnswer answer, Instant now) {
        PollVerdict verdict = PriceVerdict.of(answer);
        if (verdict instanceof PollVerdict.Good) {
            take(answer);
        }
        settle(request, verdict, now);
    }

    private void take(PollAnswer answer) {
        PriceCutter.Cut cut =
                PriceCutter.cut(answer.body(), calls.get(call), settings.currencies());
        for (PriceCutter.Priced priced : cut.priced()) {
            Objects.requireNonNull(routes.get(priced.toString()), "route")
                    .publish(priced.object(), answer.receivedNanos());
        }
        counters.add(Count.POLLED_EVENTS, cut.priced().size());
        counters.add(Count.NULLS, cut.nulls());
        for (String absent : cut.absent()) {
            if (toldAbsent.add(absent)) {
                // EXCHANGES.md C: unknown ids are silently absent.
                counters.increment(Count.OMITTED);
                log.atWarn()
                        .addKeyValue("name", absent)
                        .log("CoinGecko knows no price of what tapeline.coingecko names");
            }
        }
        arrivingByCall.put(call, cut.priced().size());
        arriving = arrivingByCall.values().stream().mapToInt(Integer::intValue).sum();
        newestNanos = answer.receivedNanos();
    }

    @Override
    public void failed(PollRequest request, String reason, Instant now) {
        settle(request, new PollVerdict.Transient(reason), now);
    }

    private void settle(PollRequest request, PollVerdict verdict, Instant now) {
        CallPlan current = plan;
        if (current != null) {
            current.settled(verdict, now);
        }
        answering = verdict instanceof PollVerdict.Good;
        switch (verdict) {
            case PollVerdict.Good() -> {
                counters.increment(Count.CALLS_ANSWERED);
                refusalTold = false;
            }
            case PollVerdict.TooMany _ -> {
                counters.increment(Count.CALLS_LIMITED);
                warn(request, verdict);
            }
            case PollVerdict.Transient _, PollVerdict.Away _ -> {
                counters.increment(Count.CALLS_FAILED);
                warn(request, verdict);
            }
            case PollVerdict.Refused(int code, String message) -> {
                counters.increment(Count.CALLS_REFUSED);
                refused(code, message);
            }
        }
    }

    private static void warn(PollRequest request, PollVerdict verdict) {
        log.atWarn()
                .addKeyValue("request", request)
                .addKeyValue("verdict", verdict)
                .log("CoinGecko did not answer as it should");
    }

    /** Once: it stays so until someone changes a setting. */
    private void refused(int code, String message) {
        if (!refusalTold) {
            refusalTold = true;
            log.atError()
                    .addKeyValue("code", code)
                    .addKeyValue("message", message)
                    .addKeyValue("with_key", settings.key().isPresent())
                    .log(
                            "CoinGecko refuses: see tapeline.coingecko.api-key, key-kind and url;"
                                    + " tried again each half hour");
        }
    }

    /** On the instances whose turn it is not, nothing is wanted. */
    public SourceState state() {
        return new SourceState(
                Venue.COINGECKO,
                SourceState.REST,
                mine && answering ? 1 : 0,
                mine ? routes.size() : 0,
                mine ? arriving : 0,
                newestNanos);
    }
}
