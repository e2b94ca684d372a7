package io.tapeline.aggregator.sync;

import static io.tapeline.aggregator.book.Books.levels;
import static io.tapeline.aggregator.book.Books.snapshot;
import static io.tapeline.aggregator.book.Books.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.audit.Difference;
import io.tapeline.aggregator.audit.Finding;
import io.tapeline.aggregator.audit.Outcome;
import io.tapeline.aggregator.book.Books;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.PictureSource;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A book from whose stream a level was dropped: bid 99 was removed by update 11, and nobody said.
 */
class AuditedBookTest {

    private static final Levels TRUE_BIDS = levels("98 2", "97 3");
    private static final Levels TRUE_ASKS = levels("101 1", "102 9");
    private static final Outcome FAULT =
            new Outcome.Fault(
                    new Difference(Side.BID, Price.of("99"), Quantity.ZERO, Quantity.of("1")), 1);

    private final SynchronisedBook book =
            new SynchronisedBook(Books.BTC, new BookSync(SyncSettings.DEFAULT));
    private long micros;

    private SyncStep accept(DepthMessage message) {
        EpochMicros now = new EpochMicros(micros += 100_000);
        return book.accept(message, new RecordSource(0, micros / 100_000, now), now);
    }

    private void corrupt() {
        accept(snapshot(10, levels("99 1", "98 2", "97 3"), levels("101 1")));
        accept(update(11, 11, levels(), levels("102 9")));
    }

    static Stream<DepthMessage> pictures() {
        return Stream.of(
                new DepthPicture(
                        Books.BTC,
                        PictureSource.BOOK_TICKER,
                        11,
                        levels("98 2"),
                        levels("101 1"),
                        1),
                new DepthPicture(
                        Books.BTC, PictureSource.PARTIAL_DEPTH, 11, TRUE_BIDS, TRUE_ASKS, 20),
                new DepthSnapshot(Books.BTC, 11, TRUE_BIDS, TRUE_ASKS, 100));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void isFoundByEachKindOfPictureAndHealed(DepthMessage picture) {
        corrupt();
        SyncStep found = accept(picture);

        OpenGap gap = new OpenGap(OpenGap.Cause.CONTRADICTED, 11, 11, new EpochMicros(300_000));
        assertThat(found.findings()).extracting(Finding::outcome).containsExactly(FAULT);
        assertThat(found.effects())
                .containsExactly(new Effect.Lose(gap), new Effect.Request("audit", 11));
        assertThat(book.current().state()).isInstanceOf(SyncState.Resyncing.class);

        accept(update(12, 12, levels("97 0"), levels()));
        SyncStep healed = accept(snapshot(11, TRUE_BIDS, TRUE_ASKS));
        assertThat(healed.effects())
                .containsExactly(
                        new Effect.Replace(snapshot(11, TRUE_BIDS, TRUE_ASKS), "audit"),
                        new Effect.Mend(gap, 11),
                        new Effect.Apply(update(12, 12, levels("97 0"), levels()), 11, true));
        assertThat(book.current().book().top(Side.BID, 9)).isEqualTo(levels("98 2"));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void isFoundAsSoonAsItReachesThePicture(DepthMessage picture) {
        accept(snapshot(10, levels("99 1", "98 2", "97 3"), levels("101 1")));
        assertThat(accept(picture).findings()).isEmpty();

        SyncStep reached = accept(update(11, 12, levels("96 1"), levels("102 9")));

        assertThat(reached.fate()).isEqualTo(Fate.APPLIED);
        assertThat(reached.findings()).extracting(Finding::outcome).containsExactly(FAULT);
        assertThat(reached.effects()).contains(new Effect.Request("audit", 12));
    }

    @Test
    void isOnlyToldOfWhereTheAuditDoesNotHeal() {
        SynchronisedBook watched =
                new SynchronisedBook(
                        Books.BTC, new BookSync(SyncSettings.DEFAULT.withBooks(15_000, false)));
        EpochMicros now = new EpochMicros(1);
        RecordSource source = new RecordSource(0, 0, now);
        watched.accept(snapshot(10, levels("99 1", "98 2"), levels("101 1")), source, now);

        SyncStep step =
                watched.accept(
                        new DepthPicture(
                                Books.BTC,
                                PictureSource.BOOK_TICKER,
                                10,
                                levels("98 2"),
                                levels("101 1"),
                                1),
                        source,
                        now);

        assertThat(step.findings()).extracting(Finding::outcome).containsExactly(FAULT);
        assertThat(step.effects()).isEqualTo(List.of());
        assertThat(watched.current().state()).isInstanceOf(SyncState.Live.class);
    }

    @Test
    void aSideIsBoundedAndTheJournalTellsTheBookWholeAfterwards() {
        SynchronisedBook bounded =
                new SynchronisedBook(
                        Books.BTC, new BookSync(SyncSettings.DEFAULT.withBooks(3, true)));
        EpochMicros now = new EpochMicros(1);
        RecordSource source = new RecordSource(0, 0, now);
        bounded.accept(snapshot(10, levels("99 1", "98 2", "97 3"), levels("101 1")), source, now);
        bounded.changes().taken();
        bounded.accept(update(11, 11, levels("97 4"), levels()), source, now);
        assertThat(bounded.changes().isEverything()).isFalse();

        bounded.accept(update(12, 12, levels("99.5 1", "96 1"), levels()), source, now);

        assertThat(bounded.current().book().top(Side.BID, 9))
                .isEqualTo(levels("99.5 1", "99 1", "98 2"));
        assertThat(bounded.current().book().range().low()).isEqualTo(Price.of("98"));
        assertThat(bounded.changes().isEverything()).isTrue();
    }
}
