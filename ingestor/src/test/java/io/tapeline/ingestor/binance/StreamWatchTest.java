package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.watchdog.Answer;
import io.tapeline.ingestor.watchdog.Question;
import io.tapeline.schemas.market.Instrument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StreamWatchTest {

    private static final Question BOOK = new Question.Book(Instrument.binance("BTCUSDT"));
    private static final Question TRADES =
            new Question.Trades(Set.of(Instrument.binance("ETHUSDT")));

    @Test
    void anInquiryThatFailsAnswersEachQuestionWithThatSoThatItIsAskedAgain() {
        assertThat(
                        StreamWatch.answers(
                                _ ->
                                        CompletableFuture.failedFuture(
                                                new IllegalStateException("unreadable")),
                                List.of(BOOK, TRADES)))
                .isCompletedWithValue(
                        Map.of(BOOK, new Answer.Failed(), TRADES, new Answer.Failed()));
    }
}
