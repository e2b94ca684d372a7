package io.tapeline.query;

import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.candles.HistoryFill;
import io.tapeline.query.collect.CandleCollections;
import io.tapeline.query.collect.KafkaLedger;
import io.tapeline.query.collect.Pace;
import io.tapeline.query.completeness.Completeness;
import io.tapeline.query.consume.PartitionReader;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.follow.Feeds;
import io.tapeline.query.follow.FollowCounts;
import io.tapeline.query.follow.FollowedMarket;
import io.tapeline.query.follow.LiveMarket;
import io.tapeline.query.guard.Caller;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.query.history.Keep;
import io.tapeline.query.history.clickhouse.ClickHouseHistoryStore;
import io.tapeline.query.history.duckdb.DuckDbHistoryStore;
import io.tapeline.query.live.BookWatch;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.live.LiveTexts;
import io.tapeline.query.record.KafkaDeadLetters;
import io.tapeline.query.record.Recording;
import io.tapeline.query.record.RecordingCounts;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.registry.RegistryFeed;
import io.tapeline.query.routing.Address;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Exchange;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.Ingestors;
import io.tapeline.query.routing.Routing;
import io.tapeline.query.socket.Sockets;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.through.ThroughLimits;
import io.tapeline.query.web.BookJson;
import io.tapeline.query.web.LiveJson;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.topic.Topics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The parts, in the order of the flow; each is closed by the context, dependants first. */
@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

    /** A collection's request waits so long for its turn, then asks again. */
    private static final Duration BULK_WAIT = Duration.ofSeconds(15);

    private static final int BULK_CONCURRENT = 4;

    private static final int MEBIBYTE = 1 << 20;

    /** Of subscribers of all kinds, who are bounded themselves. */
    private static final int MOST_WATCHES = 1_000_000;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Topics topics(QuerySettings settings) {
        return new Topics(settings.kafka().topicPrefix());
    }

    @Bean
    HistoryStore history(QuerySettings settings, Clock clock) {
        Keep keep = settings.history().keep();
        return settings.clickhouse()
                .server(keep)
                .<HistoryStore>map(ClickHouseHistoryStore::new)
                .orElseGet(() ->
                        DuckDbHistoryStore.open(
                                settings.dataDir().resolve("history"),
                                settings.history().memory(),
                                keep,
                                clock));
    }

    @Bean
    RecordingCounts recordingCounts() {
        return new RecordingCounts();
    }

    @Bean
    KafkaDeadLetters deadLetters(QuerySettings settings, Topics topics) {
        return new KafkaDeadLetters(settings.kafka().access(), topics.deadLetters());
    }

    @Bean
    Recording recording(
            HistoryStore history,
            KafkaDeadLetters deadLetters,
            RecordingCounts counts,
            QuerySettings settings,
            Clock clock) {
        return new Recording(
                history,
                deadLetters,
                counts,
                new PartitionReader.Batching(
                        settings.history().batchRecords(),
                        settings.history().batchWait(),
                        MEBIBYTE),
                clock);
    }

    @Bean
    InstrumentRegistry registry(QuerySettings settings) {
        return new InstrumentRegistry(settings.limits().instruments());
    }

    @Bean
    RegistryFeed registryFeed(InstrumentRegistry registry, Topics topics) {
        return new RegistryFeed(registry, topics.instruments().codec());
    }

    @Bean
    Exchange exchange(QuerySettings settings) {
        return new Exchange(settings.aggregator().timeout(), settings.internal().sharedSecret());
    }

    @Bean
    Routing routing(Exchange exchange, QuerySettings settings) {
        return new Routing(
                exchange,
                addresses(settings.aggregator().urls()),
                settings.aggregator().routingEvery());
    }

    @Bean
    Aggregators aggregators(Exchange exchange, Routing routing, QuerySettings settings) {
        return new Aggregators(exchange, routing, settings.kafka().partitions());
    }

    @Bean
    Fleet fleet(Exchange exchange, Routing routing, QuerySettings settings) {
        return new Fleet(exchange, routing, settings.kafka().partitions());
    }

    @Bean
    Ingestors ingestors(QuerySettings settings) {
        return new Ingestors(addresses(settings.ingestor().urls()));
    }

    @Bean
    ReadThrough readThrough(
            Exchange exchange,
            Ingestors ingestors,
            InstrumentRegistry registry,
            QuerySettings settings,
            Clock clock) {
        QuerySettings.ReadThrough told = settings.readThrough();
        boolean possible = told.enabled() && !ingestors.addresses().isEmpty();
        return new ReadThrough(
                instrument ->
                        possible
                                && instrument.venue() == Venue.BINANCE
                                && registry.of(instrument).isPresent(),
                new IngestorCandles(exchange, ingestors, "backfill"),
                new ThroughLimits(told.timeout(), told.minutes(), told.concurrent()),
                () -> Caller.current().mayCost(),
                clock);
    }

    @Bean
    Completeness completeness(HistoryStore history, ReadThrough through) {
        return new Completeness(history, through);
    }

    @Bean
    KafkaLedger collectionLedger(QuerySettings settings, Topics topics) {
        return new KafkaLedger(settings.kafka().access(), topics.collections());
    }

    /** With flights of its own, at the ingestor's lowest priority. */
    @Bean
    HistoryFill historyFill(
            Exchange exchange,
            Ingestors ingestors,
            InstrumentRegistry registry,
            HistoryStore history,
            Clock clock) {
        ReadThrough bulk =
                new ReadThrough(
                        instrument ->
                                !ingestors.addresses().isEmpty()
                                        && registry.of(instrument).isPresent(),
                        new IngestorCandles(exchange, ingestors, "bulk"),
                        new ThroughLimits(BULK_WAIT, ThroughLimits.LEAST_MINUTES, BULK_CONCURRENT),
                        clock);
        return new HistoryFill(history, bulk);
    }

    @Bean(initMethod = "start")
    CandleCollections collections(HistoryFill fill, KafkaLedger ledger, Clock clock) {
        return new CandleCollections(UUID.randomUUID().toString(), fill, ledger, Pace.USUAL, clock);
    }

    @Bean
    CandleAnswers candleAnswers(
            Aggregators aggregators, HistoryStore history, ReadThrough through) {
        return new CandleAnswers(new StateMinutes(aggregators), history, through);
    }

    @Bean
    FollowCounts followCounts() {
        return new FollowCounts();
    }

    @Bean
    FollowedMarket followedMarket(QuerySettings settings, FollowCounts counts, Clock clock) {
        return new FollowedMarket(MOST_WATCHES, settings.stream().books(), clock, counts);
    }

    @Bean
    Feeds feeds(
            FollowedMarket market, Routing routing, QuerySettings settings, FollowCounts counts) {
        return new Feeds(
                market,
                routing,
                settings.kafka().partitions(),
                counts,
                settings.internal().sharedSecret());
    }

    @Bean
    LiveTexts liveTexts(JsonMapper json, Clock clock) {
        return new LiveJson(json, clock);
    }

    @Bean
    Sockets sockets(QuerySettings settings) {
        return new Sockets(settings.socket().toSettings());
    }

    @Bean
    LiveHub liveHub(LiveMarket market, LiveTexts texts, QuerySettings settings) {
        QuerySettings.Stream stream = settings.stream();
        return new LiveHub(market, texts, stream.subscribers(), stream.queued(), stream.books());
    }

    @Bean
    BookWatch bookWatch(
            LiveHub hub,
            LiveMarket market,
            Aggregators aggregators,
            JsonMapper json,
            Clock clock,
            QuerySettings settings) {
        return new BookWatch(
                hub,
                market,
                aggregators,
                book -> json.writeValueAsString(BookJson.of(book, clock)),
                settings.stream().bookEvery(),
                settings.stream().bookDepth());
    }

    @Bean(initMethod = "start")
    Readers readers(
            QuerySettings settings,
            Topics topics,
            Recording recording,
            RegistryFeed registryFeed,
            KafkaLedger ledger,
            CandleCollections collections) {
        return new Readers(
                settings.kafka().access(),
                topics,
                settings.kafka().partitions(),
                settings.kafka().replication(),
                List.of(
                        brokers -> TopicReaders.registry(brokers, registryFeed),
                        recording::reader,
                        brokers -> TopicReaders.collections(brokers, ledger, collections)));
    }

    private static List<Address> addresses(List<URI> bases) {
        return bases.stream().map(Address::of).toList();
    }
}
