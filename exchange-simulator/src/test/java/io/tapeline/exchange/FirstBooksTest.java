package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.replay.ReplayFlow.BookChange;
import io.tapeline.exchange.rest.RequestLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstBooksTest {

    private static final BookChange DIFF = new BookChange("btcusdt@depth@100ms", "BTCUSDT");

    private final List<String> waitedFor = new ArrayList<>();
    private boolean asked = true;

    private FirstBooks books(boolean subscribed) {
        return new FirstBooks(
                stream -> subscribed,
                () -> waitedFor.add("flush"),
                (wanted, patience) -> {
                    waitedFor.add(
                            wanted.test(answer("/api/v3/depth?limit=5000&symbol=BTCUSDT", 200))
                                    + " "
                                    + wanted.test(answer("/api/v3/depth?symbol=BTCUSDT", 429))
                                    + " "
                                    + wanted.test(answer("/api/v3/depth?symbol=ETHUSDT", 200))
                                    + " "
                                    + wanted.test(answer("/api/v3/klines?symbol=BTCUSDT", 200)));
                    assertThat(patience).isPositive();
                    return asked;
                });
    }

    private static RequestLog.Entry answer(String target, int status) {
        return new RequestLog.Entry(Instant.EPOCH, "127.0.0.1", target, status, 1, 1);
    }

    @Test
    void theFirstDiffOfAFollowedBookWaitsForItsSnapshotAndNoOther() throws Exception {
        FirstBooks books = books(true);
        assertThat(books.await(DIFF)).isNotNegative();
        assertThat(waitedFor).containsExactly("flush", "true false false false");
        assertThat(books.await(DIFF)).isZero();
        books.await(new BookChange("ethusdt@depth", "ETHUSDT"));
        assertThat(waitedFor).hasSize(4);
    }

    @Test
    void aBookThatNobodyFollowsIsNotWaitedFor() throws Exception {
        assertThat(books(false).await(DIFF)).isZero();
        assertThat(waitedFor).isEmpty();
    }

    @Test
    void afterOneFollowerThatAsksForNoBookNoneIsWaitedFor() throws Exception {
        asked = false;
        FirstBooks books = books(true);
        books.await(DIFF);
        assertThat(books.await(new BookChange("ethusdt@depth", "ETHUSDT"))).isZero();
        assertThat(waitedFor).hasSize(2);
    }
}
