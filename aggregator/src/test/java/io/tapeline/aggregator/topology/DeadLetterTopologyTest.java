package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.aggregator.line.LineKind;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.DeadLetter;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTopologyTest extends TopologyFixture {

    @Test
    void aRecordThatCannotBeReadBecomesADeadLetterAndTheFlowGoesOn() {
        send(topics.rawDepth(), "btcusdt@depth@100ms", new byte[] {1, 2, 3});
        send(topics.rawTickers(), new byte[] {'x'}, new byte[] {4}, new RecordHeaders());
        depth(9, 10, "98 1");

        List<DeadLetter> letters = told(topics.deadLetters());
        assertThat(letters)
                .extracting(DeadLetter::getTopic, DeadLetter::getPartition, DeadLetter::getOffset)
                .containsExactly(
                        tuple(topics.rawDepth().name(), 0, 0L),
                        tuple(topics.rawTickers().name(), 0, 0L));
        assertThat(letters.get(0).getValue().toByteArray()).containsExactly(1, 2, 3);
        assertThat(letters.get(0).getStream()).isEqualTo("btcusdt@depth@100ms");
        assertThat(letters).allSatisfy(each -> assertThat(each.getReason()).isNotEmpty());
        assertThat(counters.of(Flow.DEPTH_DEAD)).isEqualTo(1);
        assertThat(counters.of(Flow.DEPTH_BUFFERED)).isEqualTo(1);
    }

    @Test
    void aRecordOfTheWrongVenueOrFormIsADeadLetterWithTheReason() {
        rate("deribit:btc_usd", "btcusdt@ticker", "a", "{}");
        rate("binance:BTCUSDT", "deribit_price_index.btc_usd", "a", "{\"price\":1}");
        rate(
                "coingecko:bitcoin-usd",
                "rest/simple/price",
                "rest",
                "{\"status\":{\"error_code\":429}}");

        assertThat(told(topics.deadLetters()))
                .extracting(DeadLetter::getReason)
                .satisfiesExactly(
                        first -> assertThat(first).contains("is not deribit_price_index.btc_usd"),
                        second -> assertThat(second).contains("is missing"),
                        third -> assertThat(third).contains("request failed: 429"));
        assertThat(told(topics.prices())).isEmpty();
        assertThat(line(Venue.DERIBIT, "a", LineKind.TICKERS))
                .containsExactly(1L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L);
        assertThat(counters.of(Flow.TICKERS_DEAD)).isEqualTo(3);
    }
}
