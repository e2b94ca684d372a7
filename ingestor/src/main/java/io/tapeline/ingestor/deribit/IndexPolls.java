package io.tapeline.ingestor.deribit;

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
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each index once a minute by {@code public/get_index_price}: the record of the minute, and what is
 * left of the venue while no socket holds. The whole answer goes to the raw topic.
 */
public final class IndexPolls implements Polls {

    private static final Logger log = LoggerFactory.getLogger(IndexPolls.class);

    private static final String TARGET = "/public/get_index_price?index_name=";
    private static final String STREAM = "rest/get_index_price?index_name=";
    private static final long MICROS = 1;

    private record Index(Instrument instrument, RawRoute route) {}

    private final URI base;
    private final Map<String, Index> indices;
    private final Predicate<Instrument> held;
    private final IndexPollPlan plan;
    private final SourceCounters counters;
    private volatile boolean answering = true;
    private volatile int arriving;
    private volatile long newestNanos;

    /**
     * @param base of the addresses; {@code /public/get_index_price} is appended
     * @param held what this instance is to ask for; tested anew for each request
     * @param soon waits after failures that pass, short of a minute
     * @param late waits while the venue is away
     */
    public IndexPolls(
            URI base,
            List<Instrument> instruments,
            Predicate<Instrument> held,
            Backoff soon,
            Backoff late,
            RawRoutes routes,
            SourceCounters counters) {
        this.base = base;
        this.indices =
                instruments.stream()
                        .collect(
                                Collectors.toMap(
                                        Instrument::symbol, i -> new Index(i, route(i, routes))));
        this.held = held;
        this.plan =
                new IndexPollPlan(
                        instruments.stream().map(Instrument::symbol).toList(), soon, late);
        this.counters = counters;
    }

    private Index index(String symbol) {
        return Objects.requireNonNull(indices.get(symbol), symbol);
    }

    private static RawRoute route(Instrument instrument, RawRoutes routes) {
        return routes.route(
                instrument,
                EventKind.TICKERS,
                new MemberTime("usOut", MICROS),
                STREAM + instrument.symbol(),
                SourceState.REST,
                ExchangeTimeUnit.MICROSECONDS);
    }

    @Override
    public PollStep next(Instant now) {
        return plan.due(now, symbol -> held.test(index(symbol).instrument))
                .<PollStep>map(index -> {
                    counters.increment(Count.CALLS);
                    return new PollStep.Ask(
                            new PollRequest(index, URI.create(base + TARGET + index), Map.of()));
                })
                .orElseGet(() -> new PollStep.WaitUntil(plan.nextLook(now)));
    }

    @Override
    public void answered(PollRequest request, PollAnswer answer, Instant now) {
        PollVerdict verdict = IndexVerdict.of(answer);
        if (verdict instanceof PollVerdict.Good) {
            index(request.what()).route.publish(answer.body(), answer.receivedNanos());
            counters.increment(Count.POLLED_EVENTS);
            newestNanos = answer.receivedNanos();
        }
        settle(request.what(), verdict, now);
    }

    @Override
    public void failed(PollRequest request, String reason, Instant now) {
        settle(request.what(), new PollVerdict.Transient(reason), now);
    }

    private void settle(String index, PollVerdict verdict, Instant now) {
        counters.increment(count(verdict));
        counters.add(Count.MINUTES_MISSED, plan.settled(index, verdict, now));
        arriving = plan.answering(now);
        answering = arriving > 0;
        if (!(verdict instanceof PollVerdict.Good)) {
            log.atWarn()
                    .addKeyValue("index", index)
                    .addKeyValue("verdict", verdict)
                    .log("the price of an index was not answered");
        }
    }

    private static Count count(PollVerdict verdict) {
        return switch (verdict) {
            case PollVerdict.Good _ -> Count.CALLS_ANSWERED;
            case PollVerdict.TooMany _ -> Count.CALLS_LIMITED;
            case PollVerdict.Refused _ -> Count.CALLS_REFUSED;
            case PollVerdict.Transient _, PollVerdict.Away _ -> Count.CALLS_FAILED;
        };
    }

    public SourceState state() {
        int wanted = (int) indices.values().stream().filter(i -> held.test(i.instrument)).count();
        return new SourceState(
                Venue.DERIBIT,
                SourceState.REST,
                answering ? 1 : 0,
                wanted,
                Math.min(wanted, arriving),
                newestNanos);
    }
}
