package io.tapeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentPartitionerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"binance:BTCUSDT", "binance:ETHBTC", "deribit:btc_usd", "binance:币安人生USDT"})
    void anInstrumentIsWhereTheProducerPutsItsKey(String id) {
        for (int partitions = 1; partitions <= 64; partitions++) {
            assertThat(InstrumentPartitioner.partitionOf(Instrument.parse(id), partitions))
                    .isEqualTo(
                            BuiltInPartitioner.partitionForKey(
                                    id.getBytes(StandardCharsets.UTF_8), partitions));
        }
    }
}
