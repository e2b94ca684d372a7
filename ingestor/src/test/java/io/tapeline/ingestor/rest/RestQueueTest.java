package io.tapeline.ingestor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RestQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final RestQueue queue = new RestQueue(3);

    @Test
    void theUrgentGoFirstAndAmongEqualsThoseThatCameFirst() {
        add("A", Priority.BULK);
        add("B", Priority.RESYNC);
        add("C", Priority.RESYNC);
        assertThat(order(NOW)).containsExactly("B", "C", "A");
    }

    @Test
    void oneMoreThanThereIsRoomForIsRefused() {
        add("A", Priority.BULK);
        add("B", Priority.BULK);
        add("C", Priority.BULK);
        assertThat(queue.add(new RestRequest.Depth("D", 5), Priority.RESYNC, NOW)).isNull();
    }

    @Test
    void aFailedOneWaitsApartAndThenKeepsItsPlace() {
        RestQueue.Waiting first = add("A", Priority.RESYNC);
        queue.removeHead();
        add("B", Priority.RESYNC);
        queue.addAgain(first.again(1, NOW.plusSeconds(5)));
        assertThat(queue.nextDue()).contains(NOW.plusSeconds(5));
        assertThat(order(NOW.plusSeconds(5))).containsExactly("A", "B");
    }

    @Test
    void oneThatNobodyWaitsForAnyMoreIsDropped() {
        add("A", Priority.RESYNC).outcome().cancel(true);
        add("B", Priority.RESYNC);
        assertThat(order(NOW)).containsExactly("B");
    }

    private RestQueue.Waiting add(String symbol, Priority priority) {
        return Objects.requireNonNull(queue.add(new RestRequest.Depth(symbol, 5), priority, NOW));
    }

    private List<String> order(Instant now) {
        List<String> symbols = new ArrayList<>();
        for (RestQueue.Waiting head = queue.head(now); head != null; head = queue.head(now)) {
            symbols.add(((RestRequest.Depth) head.request()).symbol());
            queue.removeHead();
        }
        return symbols;
    }
}
