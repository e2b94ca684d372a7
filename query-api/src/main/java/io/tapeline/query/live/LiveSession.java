package io.tapeline.query.live;

import io.tapeline.query.follow.LiveEvent;
import io.tapeline.query.follow.Watch;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader: what it is subscribed to and what waits for it. One thread at a time takes; any may
 * subscribe, and close it.
 */
public final class LiveSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    private final LiveHub hub;
    private final Subscriber subscriber;
    private final Map<Subscription, AutoCloseable> watches = new LinkedHashMap<>();
    private boolean closed;

    /** What came of a subscription. */
    public enum Outcome {
        BEGUN,
        ALREADY,
        /** As many books, or watches, as are allowed exist, or no more come in. */
        REFUSED
    }

    LiveSession(LiveHub hub, Subscriber subscriber) {
        this.hub = hub;
        this.subscriber = subscriber;
    }

    public synchronized Outcome subscribe(Subscription subscription) {
        if (watches.containsKey(subscription)) {
            return Outcome.ALREADY;
        }
        Optional<? extends AutoCloseable> watch = closed ? Optional.empty() : begin(subscription);
        if (watch.isEmpty()) {
            hub.counts().refused.increment();
            return Outcome.REFUSED;
        }
        watches.put(subscription, watch.get());
        return Outcome.BEGUN;
    }

    private Optional<? extends AutoCloseable> begin(Subscription subscription) {
        Instrument instrument = subscription.instrument();
        return switch (subscription.type()) {
            case PRICE -> watch(instrument == null ? null : Set.of(instrument), Store.PRICES);
            case CANDLE -> watch(instrument == null ? null : Set.of(instrument), Store.CANDLES);
            case DEPTH -> watch(Set.of(named(subscription)), Store.BOOKS);
            case BOOK -> hub.watchBook(named(subscription), subscriber);
        };
    }

    private static Instrument named(Subscription subscription) {
        Instrument instrument = subscription.instrument();
        if (instrument == null) {
            throw new IllegalArgumentException("subscription: without an instrument");
        }
        return instrument;
    }

    private Optional<Watch> watch(@Nullable Set<Instrument> instruments, Store kind) {
        return hub.market().watch(instruments, Set.of(kind), this::told);
    }

    private void told(LiveEvent event) {
        Change change = hub.changes().of(event);
        switch (event) {
            case LiveEvent.PriceChange _, LiveEvent.CandleChange _, LiveEvent.TickerChange _ ->
                    subscriber.offer(change);
            case LiveEvent.BookSnapshot _ -> subscriber.offerOfBook(change, true);
            case LiveEvent.BookDelta _, LiveEvent.BookLost _ ->
                    subscriber.offerOfBook(change, false);
        }
    }

    /** False if it was not subscribed. What waits of it is not sent any more. */
    public synchronized boolean unsubscribe(Subscription subscription) {
        AutoCloseable watch = watches.remove(subscription);
        if (watch == null) {
            return false;
        }
        end(watch);
        subscriber.forget(subscription);
        return true;
    }

    private static void end(AutoCloseable watch) {
        try {
            watch.close();
        } catch (Exception e) {
            LOG.atError().setCause(e).log("stream: a watch could not be ended");
        }
    }

    public synchronized List<Subscription> subscriptions() {
        return List.copyOf(watches.keySet());
    }

    /** A first look, before the next change comes. */
    public void offer(Change change) {
        subscriber.offer(change);
    }

    /**
     * All that waits, in the order it came; empty if nothing did within the patience, or once
     * {@link #isClosed}.
     */
    public List<Change> take(Duration patience) throws InterruptedException {
        catchUp();
        List<Change> taken = subscriber.take(patience);
        if (taken.isEmpty()) {
            catchUp();
            return subscriber.poll();
        }
        return taken;
    }

    /** The oldest that waits; null if none does. */
    public @Nullable Change poll() {
        Change first = subscriber.pollFirst();
        if (first == null) {
            catchUp();
            first = subscriber.pollFirst();
        }
        return first;
    }

    /** The reader is back: books of which it missed changes are told anew. */
    private void catchUp() {
        Map<Instrument, Integer> behind = subscriber.takeBehind();
        behind.forEach((book, passedOver) -> {
            AutoCloseable watch = watchOf(new Subscription(LiveType.DEPTH, book));
            if (watch instanceof Watch following) {
                subscriber.offer(
                        new Change(
                                LiveType.DEPTH,
                                book,
                                Change.RESYNC,
                                () -> hub.texts().resync(book, passedOver)));
                following.again(book);
            }
        });
    }

    private synchronized @Nullable AutoCloseable watchOf(Subscription subscription) {
        return watches.get(subscription);
    }

    /** Whether no change will come any more. */
    public boolean isClosed() {
        return subscriber.isClosed();
    }

    /** Idempotent. */
    @Override
    public void close() {
        List<AutoCloseable> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(watches.values());
            watches.clear();
        }
        ending.forEach(LiveSession::end);
        hub.ended(this);
        subscriber.close();
    }
}
