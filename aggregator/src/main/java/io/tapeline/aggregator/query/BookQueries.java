package io.tapeline.aggregator.query;

import io.tapeline.aggregator.book.BookQuote;
import io.tapeline.aggregator.book.BookRange;
import io.tapeline.aggregator.book.BookVolume;
import io.tapeline.aggregator.book.LevelState;
import io.tapeline.aggregator.book.TakerSide;
import io.tapeline.aggregator.book.VolumeOperator;
import io.tapeline.aggregator.query.Restorations.Restored;
import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.SynchronisedBook;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.BookAnswers;
import io.tapeline.schemas.proto.LevelAnswer;
import io.tapeline.schemas.proto.QuoteAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.proto.VolumeAnswer;
import io.tapeline.schemas.wire.LevelsCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Questions about books. What a book says is taken under its lock; the message is built after. */
final class BookQueries {

    private final LocalStores stores;
    private final BookTables type = new BookTables();
    private final String topic;

    BookQueries(LocalStores stores, String topic) {
        this.stores = stores;
        this.topic = topic;
    }

    private record Moment<A>(A answer, Trust trust) {}

    private <A> QueryOutcome<Moment<A>> ask(
            Instrument instrument, Function<SynchronisedBook.View, A> question) {
        return stores.ask(
                StoreNames.BOOKS,
                type,
                instrument,
                (tables, standing) -> {
                    SynchronisedBook book = find(tables, instrument);
                    return book == null
                            ? null
                            : book.ask(view ->
                                    new Moment<>(
                                            question.apply(view),
                                            TrustMarks.of(view, topic, standing)));
                });
    }

    private static @Nullable SynchronisedBook find(List<BookTable> tables, Instrument instrument) {
        for (BookTable table : tables) {
            SynchronisedBook book = table.find(instrument);
            if (book != null) {
                return book;
            }
        }
        return null;
    }

    private static <A, B> QueryOutcome<B> then(
            QueryOutcome<Moment<A>> outcome, Function<Moment<A>, B> message) {
        return switch (outcome) {
            case QueryOutcome.Found<Moment<A>>(Moment<A> moment) ->
                    new QueryOutcome.Found<>(message.apply(moment));
            case QueryOutcome.Behind<Moment<A>>(Moment<A> moment) ->
                    new QueryOutcome.Behind<>(message.apply(moment));
            case QueryOutcome.Absent<Moment<A>> _ -> new QueryOutcome.Absent<>();
            case QueryOutcome.NotReady<Moment<A>>(String reason, Restored position) ->
                    new QueryOutcome.NotReady<>(reason, position);
            case QueryOutcome.OwnedByOther<Moment<A>>(int partition) ->
                    new QueryOutcome.OwnedByOther<>(partition);
        };
    }

    QueryOutcome<BookAnswer> book(Instrument instrument, int depth) {
        record Top(Levels bids, Levels asks, BookRange range) {}
        return then(
                ask(
                        instrument,
                        view ->
                                new Top(
                                        view.book().top(Side.BID, depth),
                                        view.book().top(Side.ASK, depth),
                                        view.book().range())),
                moment ->
                        BookAnswer.newBuilder()
                                .setInstrument(instrument.id())
                                .setBids(LevelsCodec.toProto(moment.answer().bids()))
                                .setAsks(LevelsCodec.toProto(moment.answer().asks()))
                                .setRangeLow(text(moment.answer().range().low()))
                                .setRangeHigh(text(moment.answer().range().high()))
                                .setTrust(moment.trust())
                                .build());
    }

    /** The best of all books that this instance holds, of its active partitions and standbys. */
    BookAnswers bests() {
        BookAnswers.Builder all = BookAnswers.newBuilder();
        for (LocalStores.PartitionAnswer<List<BookAnswer>> each :
                stores.askAll(StoreNames.BOOKS, type, this::bests)) {
            all.addAllItems(each.answer());
            if (each.standing() != Standing.CURRENT) {
                all.addStalePartitions(each.partition());
            } else {
                all.addPartitions(each.partition());
            }
        }
        return all.build();
    }

    private List<BookAnswer> bests(List<BookTable> tables, Standing standing) {
        List<BookAnswer> bests = new ArrayList<>();
        for (BookTable table : tables) {
            for (SynchronisedBook book : table.books()) {
                bests.add(book.ask(view -> best(view, standing)));
            }
        }
        return bests;
    }

    private BookAnswer best(SynchronisedBook.View view, Standing standing) {
        return BookAnswer.newBuilder()
                .setInstrument(view.instrument().id())
                .setBids(LevelsCodec.toProto(view.book().top(Side.BID, 1)))
                .setAsks(LevelsCodec.toProto(view.book().top(Side.ASK, 1)))
                .setRangeLow(text(view.book().range().low()))
                .setRangeHigh(text(view.book().range().high()))
                .setTrust(TrustMarks.of(view, topic, standing))
                .build();
    }

    QueryOutcome<LevelAnswer> level(Instrument instrument, Price price) {
        return then(
                ask(instrument, view -> view.book().level(price)),
                moment -> {
                    LevelState level = moment.answer();
                    return LevelAnswer.newBuilder()
                            .setSide(sideOf(level))
                            .setQuantity(text(level.quantity().value()))
                            .setComplete(level.complete())
                            .setTrust(moment.trust())
                            .build();
                });
    }

    private static String sideOf(LevelState level) {
        return switch (level.side()) {
            case BID -> "bid";
            case ASK -> "ask";
            case null -> "";
        };
    }

    QueryOutcome<VolumeAnswer> volume(
            Instrument instrument, Side side, VolumeOperator operator, Price price) {
        return then(
                ask(instrument, view -> view.book().volume(side, operator, price)),
                moment -> {
                    BookVolume volume = moment.answer();
                    return VolumeAnswer.newBuilder()
                            .setVolume(text(volume.volume()))
                            .setTotal(text(volume.total()))
                            .setLevels(volume.levels())
                            .setComplete(volume.complete())
                            .setTrust(moment.trust())
                            .build();
                });
    }

    QueryOutcome<QuoteAnswer> quote(Instrument instrument, TakerSide side, Quantity quantity) {
        return then(
                ask(instrument, view -> view.book().quote(side, quantity)),
                moment -> {
                    BookQuote quote = moment.answer();
                    Decimal average = quote.average();
                    return QuoteAnswer.newBuilder()
                            .setFilled(text(quote.filled().value()))
                            .setTotal(text(quote.total()))
                            .setAveragePrice(average == null ? "" : text(average))
                            .setWorstPrice(text(quote.worst()))
                            .setBestPrice(text(quote.best()))
                            .setComplete(quote.complete())
                            .setTrust(moment.trust())
                            .build();
                });
    }

    private static String text(@Nullable Price price) {
        return price == null ? "" : text(price.value());
    }

    private static String text(Decimal value) {
        return value.normalized().toString();
    }
}
