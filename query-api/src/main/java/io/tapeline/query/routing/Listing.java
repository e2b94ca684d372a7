package io.tapeline.query.routing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.BookAnswers;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.PriceAnswers;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.TickerAnswers;
import io.tapeline.schemas.proto.Trust;
import java.util.List;

/**
 * A question about all instruments of a store, and how its answers are read.
 *
 * @param <T> what is told of one instrument
 */
sealed interface Listing<T> {

    Listing<PriceAnswer> PRICES = new Prices();
    Listing<TickerAnswer> TICKERS = new Tickers();
    Listing<BookAnswer> BESTS = new Bests();

    String STALE = "STALE";

    /**
     * What one instance told.
     *
     * @param current partitions all of whose instruments are in the items
     * @param stale likewise, by a standby whose copy is whole, or by one that is behind
     */
    record Part<T>(List<T> items, List<Integer> current, List<Integer> stale) {}

    Store store();

    default String path() {
        return "/internal/" + store().id();
    }

    Part<T> parse(byte[] body) throws InvalidProtocolBufferException;

    Instrument instrument(T item);

    /** The same, told as not known to hold still. */
    T asStale(T item);

    private static Trust stale(Trust trust) {
        return trust.toBuilder().setState(STALE).build();
    }

    /** The latest price of each instrument. */
    record Prices() implements Listing<PriceAnswer> {

        @Override
        public Store store() {
            return Store.PRICES;
        }

        @Override
        public Part<PriceAnswer> parse(byte[] body) throws InvalidProtocolBufferException {
            PriceAnswers told = PriceAnswers.parseFrom(body);
            return new Part<>(
                    told.getItemsList(), told.getPartitionsList(), told.getStalePartitionsList());
        }

        @Override
        public Instrument instrument(PriceAnswer item) {
            return Instrument.parse(item.getPrice().getInstrument());
        }

        @Override
        public PriceAnswer asStale(PriceAnswer item) {
            return item.toBuilder().setTrust(Listing.stale(item.getTrust())).build();
        }
    }

    /** The 24 hour statistics of each instrument. */
    record Tickers() implements Listing<TickerAnswer> {

        @Override
        public Store store() {
            return Store.TICKERS;
        }

        @Override
        public Part<TickerAnswer> parse(byte[] body) throws InvalidProtocolBufferException {
            TickerAnswers told = TickerAnswers.parseFrom(body);
            return new Part<>(
                    told.getItemsList(), told.getPartitionsList(), told.getStalePartitionsList());
        }

        @Override
        public Instrument instrument(TickerAnswer item) {
            return Instrument.parse(item.getTicker().getInstrument());
        }

        @Override
        public TickerAnswer asStale(TickerAnswer item) {
            return item.toBuilder().setTrust(Listing.stale(item.getTrust())).build();
        }
    }

    /** The best bid and ask of each book. */
    record Bests() implements Listing<BookAnswer> {

        @Override
        public Store store() {
            return Store.BOOKS;
        }

        @Override
        public Part<BookAnswer> parse(byte[] body) throws InvalidProtocolBufferException {
            BookAnswers told = BookAnswers.parseFrom(body);
            return new Part<>(
                    told.getItemsList(), told.getPartitionsList(), told.getStalePartitionsList());
        }

        @Override
        public Instrument instrument(BookAnswer item) {
            return Instrument.parse(item.getInstrument());
        }

        @Override
        public BookAnswer asStale(BookAnswer item) {
            return item.toBuilder().setTrust(Listing.stale(item.getTrust())).build();
        }
    }
}
