package io.tapeline.exchange.rest;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.fault.RestFault;
import io.tapeline.exchange.fault.RestFault.Ban;
import io.tapeline.exchange.fault.RestFault.Html403;
import io.tapeline.exchange.fault.RestFault.ServerError;
import io.tapeline.exchange.fault.RestFault.StaleSnapshot;
import io.tapeline.exchange.fault.RestFault.Timeout;
import io.tapeline.exchange.fault.RestFault.WeightBurn;
import io.tapeline.exchange.fault.RestFault.WeightLimit;
import io.tapeline.exchange.market.Book;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.PairStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Does the faults of the REST side. */
final class RestFaults implements FaultSite<RestFault> {

    /** Without an end of its own a fault's refusals tell to wait this long. */
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(60);

    private final Market market;
    private final RequestWeights weights;
    private final List<Applied> applied = new CopyOnWriteArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private boolean stopped;

    private record Applied(RestFault fault, ActiveFault active, Map<String, Book> books) {}

    private record Late(Instant due, Runnable answer, Runnable abandon) {}

    RestFaults(Market market, RequestWeights weights) {
        this.market = market;
        this.weights = weights;
    }

    @Override
    public void begin(RestFault fault, ActiveFault active) {
        switch (fault) {
            case WeightBurn burn -> {
                weights.burn(burn.weight(), active.began());
                active.strike("every address");
                active.finish();
            }
            case StaleSnapshot stale -> applied.add(new Applied(fault, active, books(stale)));
            case WeightLimit _, Ban _, Html403 _, ServerError _, Timeout _ ->
                    applied.add(new Applied(fault, active, Map.of()));
        }
    }

    private Map<String, Book> books(StaleSnapshot stale) {
        Map<String, Book> books = new HashMap<>();
        for (PairStreams pair : market.pairs()) {
            String symbol = pair.pair().spec().symbol();
            if (stale.symbols().matches(symbol)) {
                books.put(symbol, market.at(() -> pair.pair().book().copy()));
            }
        }
        return books;
    }

    @Override
    public void end(RestFault fault, ActiveFault active) {
        applied.removeIf(one -> one.active() == active);
    }

    @Override
    public void tick(Instant now) {
        List<Runnable> answers = new ArrayList<>();
        synchronized (late) {
            for (Iterator<Late> each = late.iterator(); each.hasNext(); ) {
                Late one = each.next();
                if (!one.due().isAfter(now)) {
                    each.remove();
                    answers.add(one.answer());
                }
            }
        }
        answers.forEach(Runnable::run);
    }

    /**
     * Answers later.
     *
     * @param abandon what is done instead where the exchange stops before, or has stopped
     */
    void later(Instant due, Runnable answer, Runnable abandon) {
        synchronized (late) {
            if (!stopped) {
                late.add(new Late(due, answer, abandon));
                return;
            }
        }
        abandon.run();
    }

    @Override
    public void stop() {
        List<Late> left;
        synchronized (late) {
            stopped = true;
            left = List.copyOf(late);
            late.clear();
        }
        left.forEach(one -> one.abandon().run());
    }

    /** The answer that a fault gives instead of the exchange's own, if any. */
    @Nullable Reply forced(String path, Instant now) {
        for (Applied one : applied) {
            Reply reply =
                    switch (one.fault()) {
                        case WeightLimit _ ->
                                struck(one, path)
                                        ? Reply.tooMuchWeight(weights.mostWeight(), wait(one, now))
                                        : null;
                        case Ban _ -> struck(one, path) ? Reply.banned(wait(one, now), now) : null;
                        case Html403 html ->
                                html.paths().matches(path) && struck(one, path)
                                        ? Reply.html403()
                                        : null;
                        case ServerError error ->
                                error.paths().matches(path) && struck(one, path)
                                        ? Reply.serverError(error.status())
                                        : null;
                        case Timeout _, StaleSnapshot _, WeightBurn _ -> null;
                    };
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    /** The fault that makes the answer late, if any. */
    @Nullable Timeout timeout(String path) {
        for (Applied one : applied) {
            if (one.fault() instanceof Timeout timeout
                    && timeout.paths().matches(path)
                    && struck(one, path)) {
                return timeout;
            }
        }
        return null;
    }

    /** The old book that is to be told of the symbol, if any. */
    @Nullable Book staleBook(String symbol) {
        for (Applied one : applied) {
            Book book = one.books().get(symbol);
            if (book != null && one.active().tryStrikeEach(symbol)) {
                if (one.books().keySet().stream().allMatch(one.active()::usedUp)) {
                    one.active().finish();
                }
                return book;
            }
        }
        return null;
    }

    private static boolean struck(Applied one, String path) {
        return one.active().tryStrike(path);
    }

    private static Duration wait(Applied one, Instant now) {
        Instant due = one.active().due();
        return due == null ? UNTOLD_WAIT : Duration.between(now, due);
    }
}
