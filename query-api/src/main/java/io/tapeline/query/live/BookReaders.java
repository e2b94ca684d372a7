package io.tapeline.query.live;

import io.tapeline.schemas.market.Instrument;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who reads the best levels of a book, and what they were told last: whoever comes is told that
 * first, and never something older after it. Thread-safe.
 */
final class BookReaders {

    private final Instrument instrument;
    private final Set<Subscriber> subscribers = new HashSet<>();
    private @Nullable Object version;
    private @Nullable Supplier<String> last;

    BookReaders(Instrument instrument) {
        this.instrument = instrument;
    }

    synchronized void add(Subscriber subscriber) {
        subscribers.add(subscriber);
        if (last != null) {
            // A text of its own: how old the book is has changed since.
            subscriber.offer(change(last));
        }
    }

    /** True if nobody is left. */
    synchronized boolean remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
        return subscribers.isEmpty();
    }

    /** Unless they know that version. */
    synchronized void tell(Object newest, Supplier<String> json) {
        if (newest.equals(version)) {
            return;
        }
        version = newest;
        last = json;
        Change change = change(json);
        subscribers.forEach(subscriber -> subscriber.offer(change));
    }

    private Change change(Supplier<String> json) {
        return new Change(LiveType.BOOK, instrument, "", json);
    }
}
