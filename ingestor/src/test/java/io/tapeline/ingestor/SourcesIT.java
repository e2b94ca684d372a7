package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.ingestor.coingecko.CoinGeckoSettings;
import io.tapeline.ingestor.deribit.DeribitSettings;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deribit and CoinGecko in the whole ingestor, with a broker. */
@KafkaTest
class SourcesIT {

    private static final String POLL = "rest/get_index_price?index_name=btc_usd";
    private static final String SIMPLE = "rest/simple/price?ids=bitcoin&vs_currencies=usd";

    private final KafkaCluster kafka;
    private final Topics topics;
    private final Tape tape;
    private final String prefix;

    SourcesIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.prefix = kafka.uniquePrefix();
        this.topics = new Topics(prefix);
        this.tape = new Tape(kafka.bootstrap());
    }

    private Ingestor ingestor(SimulatedExchange exchange, List<String> indices)
            throws InterruptedException {
        return Ingestor.start(
                IngestorSettings.local("test", kafka.bootstrap(), Optional.empty())
                        .withTopics(prefix, 3)
                        .withShare(ShareSettings.alone(List.of("a", "b")))
                        .withDeribit(
                                DeribitSettings.ofDefaults(
                                        exchange.deribitWsUrl(),
                                        Optional.of(exchange.deribitRestUrl()),
                                        indices,
                                        List.of("a", "b")))
                        .withCoinGecko(
                                CoinGeckoSettings.ofDefaults(
                                        exchange.coingeckoUrl(),
                                        List.of("bitcoin"),
                                        List.of("usd"))),
                Clock.systemUTC());
    }

    private static SimulatedExchange exchange() throws Exception {
        return SimulatedExchange.start(
                SimulatorSettings.of(Source.Synthetic.demo().withPairs(1).withEventsPerSecond(1)));
    }

    private static void awaitStreaming(Ingestor ingestor) {
        Await.until(
                "lines and polls bring all that is wanted",
                () ->
                        ingestor.sources().stream()
                                .allMatch(s -> s.phase() == SourceState.Phase.STREAMING),
                ingestor::sources);
    }

    @Test
    void theRawTopicHoldsBothVenuesPricesAndTheRegistryTheirInstruments() throws Exception {
        try (SimulatedExchange exchange = exchange()) {
            IngestorStatus status;
            try (Ingestor ingestor = ingestor(exchange, List.of("btc_usd", "eth_usd"))) {
                awaitStreaming(ingestor);
                Await.until(
                        "each line has brought an event",
                        () ->
                                tape
                                                .raw(topics.rawTickers())
                                                .getOrDefault(
                                                        "deribit_price_index.btc_usd", List.of())
                                                .stream()
                                                .map(RawRecord::line)
                                                .distinct()
                                                .count()
                                        == 2,
                        ingestor::sources);
                status = ingestor.status();
            }
            assertThat(status.getLinesList())
                    .extracting(l -> l.getVenue() + "/" + l.getLine() + " " + l.getState())
                    .containsExactly(
                            "deribit/a STREAMING",
                            "deribit/b STREAMING",
                            "deribit/rest STREAMING",
                            "coingecko/rest STREAMING");
            assertThat(status.getCountersOrThrow("deribit_connected")).isEqualTo(2);
            assertThat(status.getCountersOrThrow("coingecko_calls")).isEqualTo(1);

            Map<String, List<RawRecord>> raw = tape.raw(topics.rawTickers());
            assertThat(raw.get(POLL))
                    .extracting(r -> r.instrument().id())
                    .contains("deribit:btc_usd");
            assertThat(raw.get(SIMPLE))
                    .extracting(r -> r.instrument().id() + " " + r.line())
                    .containsExactly("coingecko:bitcoin-usd rest");
            assertThat(tape.values(topics.instruments()))
                    .extracting(SourcesIT::told)
                    .containsExactlyInAnyOrder(
                            "deribit:btc_usd btc/usd true",
                            "deribit:eth_usd eth/usd true",
                            "coingecko:bitcoin-usd bitcoin/usd true");
        }
    }

    @Test
    void aRestartCallsCoinGeckoNoSoonerAndWritesOnlyWhatChangedOfTheRegistry() throws Exception {
        try (SimulatedExchange exchange = exchange()) {
            try (Ingestor first = ingestor(exchange, List.of("btc_usd", "eth_usd"))) {
                awaitStreaming(first);
            }
            try (Ingestor second = ingestor(exchange, List.of("btc_usd"))) {
                Await.until(
                        "the poll waits for its time",
                        () ->
                                second.sources().stream()
                                        .anyMatch(s ->
                                                s.venue().id().equals("coingecko")
                                                        && s.wanted() == 1),
                        second::sources);
                Await.until(
                        "Deribit is polled at once",
                        () ->
                                second.sources().stream()
                                        .anyMatch(s ->
                                                s.venue().id().equals("deribit")
                                                        && s.isPoll()
                                                        && s.arriving() == 1),
                        second::sources);
            }
            assertThat(exchange.coingecko().requests().total()).isEqualTo(1);
            assertThat(tape.values(topics.instruments()))
                    .extracting(SourcesIT::told)
                    .containsExactlyInAnyOrder(
                            "deribit:btc_usd btc/usd true",
                            "deribit:eth_usd eth/usd true",
                            "deribit:eth_usd eth/usd false",
                            "coingecko:bitcoin-usd bitcoin/usd true");
        }
    }

    private static String told(InstrumentInfo info) {
        assertThat(info.getStatus()).isEqualTo(InstrumentStatus.INSTRUMENT_STATUS_TRADING);
        return info.getInstrument()
                + " "
                + info.getBaseAsset()
                + "/"
                + info.getQuoteAsset()
                + " "
                + info.getStreamed();
    }
}
