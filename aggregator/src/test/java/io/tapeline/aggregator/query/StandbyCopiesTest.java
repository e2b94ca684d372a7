package io.tapeline.aggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener.SuspendReason;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class StandbyCopiesTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("prices-changelog", 3);
    private static final TaskId TASK = new TaskId(0, 3);

    private final StandbyCopies copies = new StandbyCopies();

    @Test
    void isWholeOnceItHasComeToItsChangelogsEnd() {
        copies.onUpdateStart(CHANGELOG, "prices", 0);
        assertThat(copies.isWhole("prices", 3)).isFalse();
        copies.onBatchLoaded(CHANGELOG, "prices", TASK, 9, 10, 20);
        assertThat(copies.isWhole("prices", 3)).isFalse();
        copies.onBatchLoaded(CHANGELOG, "prices", TASK, 18, 9, 18);
        assertThat(copies.isWhole("prices", 3)).isTrue();
        assertThat(copies.isWhole("prices", 2)).isFalse();
        assertThat(copies.isWhole("tickers", 3)).isFalse();
    }

    @Test
    void staysWholeWhileNewRecordsCome() {
        copies.onUpdateStart(CHANGELOG, "prices", 0);
        copies.onBatchLoaded(CHANGELOG, "prices", TASK, 18, 19, 18);
        copies.onBatchLoaded(CHANGELOG, "prices", TASK, 19, 1, 500);
        assertThat(copies.isWhole("prices", 3)).isTrue();
    }

    @Test
    void oneThatBeginsAnewOrHasEndedIsNotWhole() {
        copies.onBatchLoaded(CHANGELOG, "prices", TASK, 18, 19, 18);
        copies.onUpdateStart(CHANGELOG, "prices", 0);
        assertThat(copies.isWhole("prices", 3)).isFalse();
        copies.onBatchLoaded(CHANGELOG, "prices", TASK, 18, 19, 18);
        copies.onUpdateSuspended(CHANGELOG, "prices", 19, 19, SuspendReason.MIGRATED);
        assertThat(copies.isWhole("prices", 3)).isFalse();
    }
}
