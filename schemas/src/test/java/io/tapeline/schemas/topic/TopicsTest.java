package io.tapeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.wire.MalformedPayload;
import io.tapeline.schemas.wire.VerbatimCodec;
import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);

    @Test
    void everyTopicBearsThePrefix() {
        assertThat(topics.all())
                .extracting(Topic::name)
                .containsExactly(
                        "tapeline.raw.klines",
                        "tapeline.raw.tickers",
                        "tapeline.raw.depth",
                        "tapeline.klines",
                        "tapeline.tickers",
                        "tapeline.prices",
                        "tapeline.depth",
                        "tapeline.instruments",
                        "tapeline.gaps",
                        "tapeline.resync",
                        "tapeline.dead-letters",
                        "tapeline.collections");
    }

    @Test
    void pricesInstrumentsAndCollectionsKeepTheNewestOfEachKey() {
        assertThat(topics.all())
                .filteredOn(topic -> topic.cleanup() == Topic.Cleanup.COMPACT)
                .containsExactly(topics.prices(), topics.instruments(), topics.collections());
    }

    @Test
    void compressionIsTheProducers() {
        NewTopic depth = topics.depth().toNewTopic(6, (short) 1);
        assertThat(depth.numPartitions()).isEqualTo(6);
        assertThat(depth.configs())
                .containsEntry("compression.type", "producer")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "259200000")
                .containsEntry("max.message.bytes", "2097152");
    }

    @Test
    void nullStaysNullAndMalformedBytesAreSaidSo() {
        try (Serde<LatestPrice> serde = topics.prices().serde()) {
            LatestPrice price =
                    new LatestPrice(
                            Instrument.binance("BTCUSDT"),
                            new EpochMicros(5),
                            Price.of("61855.30"),
                            null,
                            null,
                            "ticker");
            byte[] bytes = serde.serializer().serialize("t", price);
            assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(price);
            assertThat(serde.serializer().serialize("t", null)).isNull();
            assertThat(serde.deserializer().deserialize("t", null)).isNull();
            assertThatThrownBy(() -> serde.deserializer().deserialize("t", new byte[] {1}))
                    .isInstanceOf(SerializationException.class)
                    .hasCauseInstanceOf(MalformedPayload.class);
        }
    }

    @Test
    void aTopicOfAnImpossibleNameOrRetentionIsRefused() {
        VerbatimCodec codec = new VerbatimCodec();
        assertThatThrownBy(() ->
                        new Topic<>("a b", codec, Topic.Cleanup.DELETE, Duration.ofDays(1), 1))
                .hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> new Topic<>("a", codec, Topic.Cleanup.DELETE, Duration.ZERO, 1))
                .hasMessageContaining("retention PT0S");
    }
}
