package io.tapeline.query.follow;

import io.tapeline.query.routing.Store;
import io.tapeline.schemas.market.Instrument;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The market as the aggregators accept it, however many watch: each aggregator is followed over one
 * connection, for all that anybody here watches. What an aggregator has accepted is told
 * milliseconds later, before its transaction is committed: after a crash it may be told again,
 * which update ids and event times show and which is not passed on twice.
 *
 * <p>Of each instrument and kind events come in order, one at a time:
 *
 * <ul>
 *   <li>prices and tickers: first the latest that is known, then each one accepted;
 *   <li>candles: first the newest of the instrument that is known, then each one accepted;
 *   <li>a book: a snapshot, then deltas without a gap, each one's {@code previousUpdateId} the
 *       update id of the event before. Where that cannot be kept up, a snapshot again. After {@link
 *       LiveEvent.BookLost} a snapshot too. An instance that takes over goes on from where the last
 *       one was, if it can.
 * </ul>
 *
 * What there is of an instrument that is watched already is told within {@link #watch}, on the
 * caller's thread; of one that nobody watched before as soon as its aggregator has answered.
 *
 * <p>A callback must not wait: it holds up all who watch the instrument. It puts the event into a
 * bounded queue, or conflates it, and goes. It may close its own watch and call {@link
 * Watch#again}; what it throws is logged, and closes its watch.
 */
public interface LiveMarket {

    /**
     * @param instruments null: all that there are, those that come later too; not for books
     * @param kinds what of them
     * @return empty if as many books, or watches, as are allowed exist already, or the service is
     *     shutting down
     * @throws IllegalArgumentException of the books of all instruments
     */
    Optional<Watch> watch(
            @Nullable Set<Instrument> instruments, Set<Store> kinds, Consumer<LiveEvent> events);

    /**
     * The best levels of a book that somebody watches; from within a callback as of just the event
     * that is told, also if it is a delta. Cheap, without a question to anybody.
     *
     * @param levels most a side
     * @return null while nobody watches the book, or nothing is known of it yet
     */
    LiveEvent.@Nullable BookSnapshot book(Instrument instrument, int levels);
}
