package io.tapeline.ingestor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.IngestorCounters;
import io.tapeline.ingestor.feed.IngestorCounters.Count;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private final IngestorCounters counters = new IngestorCounters();
    private final FailedParts failed = new FailedParts(counters);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final MockConsumer<byte[], byte[]> consumer =
            new MockConsumer<>("earliest") {
                @Override
                public void close() {
                    super.close();
                    ended.countDown();
                }
            };

    @Test
    void oneThatEndsByItselfIsToldAndCounted() throws InterruptedException {
        consumer.schedulePollTask(() -> {
            throw new IllegalStateException("broken");
        });
        try (Membership member = start()) {
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            member.close(); // waits for the end of its thread
            assertThat(failed.reasons())
                    .isEqualTo(Map.of("member", "java.lang.IllegalStateException: broken"));
            assertThat(counters.get(Count.PARTS_FAILED)).isEqualTo(1);
        }
    }

    @Test
    void oneThatIsClosedHasNotFailed() throws InterruptedException {
        CountDownLatch polled = new CountDownLatch(1);
        consumer.schedulePollTask(polled::countDown);
        try (Membership _ = start()) {
            assertThat(polled.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ended.getCount()).isZero();
        assertThat(failed.reasons()).isEmpty();
    }

    private Membership start() {
        return Membership.start(
                "member",
                consumer,
                "t",
                new Idle(),
                failed,
                CompletableFuture.completedFuture(null));
    }

    private static final class Idle implements Membership.Work {

        @Override
        public void assigned(Collection<TopicPartition> partitions) {}

        @Override
        public void revoked(Collection<TopicPartition> partitions) {}

        @Override
        public void lost(Collection<TopicPartition> partitions) {}

        @Override
        public void record(ConsumerRecord<byte[], byte[]> record) {}

        @Override
        public void polled() {}
    }
}
