package io.tapeline.aggregator;

import static org.apache.kafka.streams.KafkaStreams.State.CREATED;
import static org.apache.kafka.streams.KafkaStreams.State.REBALANCING;
import static org.apache.kafka.streams.KafkaStreams.State.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

class RestoredOnceTest {

    @Test
    void it_may_be_counted_on_once_it_has_restored_and_in_every_rebalance_after_that() {
        List<KafkaStreams.State> states =
                List.of(CREATED, REBALANCING, RUNNING, REBALANCING, RUNNING);
        Iterator<KafkaStreams.State> next = states.iterator();
        RestoredOnce restored = new RestoredOnce(next::next);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            told.add(restored.health().getStatus().getCode());
        }
        assertThat(told).containsExactly("OUT_OF_SERVICE", "OUT_OF_SERVICE", "UP", "UP", "UP");
    }
}
