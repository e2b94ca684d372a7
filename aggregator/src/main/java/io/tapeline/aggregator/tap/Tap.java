package io.tapeline.aggregator.tap;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Where processors offer what they accept, after it is in the store. Nothing is waited for, and
 * what nobody follows costs a look into a map for each feed that there is. What is offered is not
 * committed yet: a crash may undo it, and have it accepted again.
 */
public final class Tap {

    private final int partitions;
    private final int mostFeeds;
    private final int mostQueued;

    /** Replaced, never changed: a loop over it costs nothing where there is none. */
    private volatile Feed[] feeds = {};

    private final LongAdder told = new LongAdder();
    private final LongAdder overflowed = new LongAdder();

    /**
     * @param partitions of every topic
     * @param mostFeeds at a time
     * @param mostQueued what was accepted and waits to be sent, of one feed
     */
    public Tap(int partitions, int mostFeeds, int mostQueued) {
        this.partitions = partitions;
        this.mostFeeds = mostFeeds;
        this.mostQueued = mostQueued;
    }

    /** One that nobody follows. */
    public static Tap closed() {
        return new Tap(1, 0, 0);
    }

    /** Empty if there are as many as are allowed. To be closed by who reads it. */
    public synchronized Optional<Feed> open() {
        if (feeds.length >= mostFeeds) {
            return Optional.empty();
        }
        Feed feed = new Feed(mostQueued, told, overflowed, this::closed);
        feeds = Stream.concat(Arrays.stream(feeds), Stream.of(feed)).toArray(Feed[]::new);
        return Optional.of(feed);
    }

    private synchronized void closed(Feed feed) {
        feeds = Arrays.stream(feeds).filter(each -> each != feed).toArray(Feed[]::new);
    }

    public void price(LatestPrice price) {
        for (Feed feed : feeds) {
            Place place = feed.following(Kind.PRICES, price.instrument());
            if (place != null) {
                feed.offer(place, new Accepted.OfPrice(price));
            }
        }
    }

    public void ticker(Ticker ticker) {
        for (Feed feed : feeds) {
            Place place = feed.following(Kind.TICKERS, ticker.instrument());
            if (place != null) {
                feed.offer(place, new Accepted.OfTicker(ticker));
            }
        }
    }

    public void candle(Candle candle) {
        for (Feed feed : feeds) {
            Place place = feed.following(Kind.CANDLES, candle.instrument());
            if (place != null) {
                feed.offer(place, new Accepted.OfCandle(candle));
            }
        }
    }

    public void book(BookEvent event) {
        for (Feed feed : feeds) {
            Place place = feed.following(Kind.BOOKS, event.instrument());
            if (place != null) {
                switch (event) {
                    case BookEvent.Delta _, BookEvent.Lost _ ->
                            feed.offer(place, new Accepted.OfBook(event));
                    case BookEvent.Reset _ -> feed.anew(place);
                }
            }
        }
    }

    /**
     * This instance does not hold the partition any more, or holds it anew from an earlier point:
     * whoever followed its instruments has to begin again.
     */
    public void gone(Kind kind, int partition) {
        for (Feed feed : feeds) {
            feed.gone(kind, instrument -> partitionOf(instrument) == partition);
        }
    }

    private int partitionOf(Instrument instrument) {
        return InstrumentPartitioner.partitionOf(instrument, partitions);
    }

    /** Open ones. */
    public int feeds() {
        return feeds.length;
    }

    /** Taken out of feeds to be sent. */
    public long told() {
        return told.sum();
    }

    /**
     * Instruments of which a feed could not keep all that was accepted: what their stores held then
     * was told instead. Alert on a rate: a follower is too slow.
     */
    public long overflowed() {
        return overflowed.sum();
    }
}
