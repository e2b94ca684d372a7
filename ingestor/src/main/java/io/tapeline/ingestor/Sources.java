package io.tapeline.ingestor;

import io.tapeline.ingestor.discovery.ConfiguredInstruments;
import io.tapeline.ingestor.discovery.Registry;
import io.tapeline.ingestor.feed.SourceCounters;
import io.tapeline.ingestor.feed.SourceState;
import io.tapeline.ingestor.publish.KafkaPublisher;
import io.tapeline.ingestor.share.InterruptionListener;
import io.tapeline.ingestor.share.LineShare;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** The venues other than Binance, each only if it is switched on. */
final class Sources implements AutoCloseable {

    private final Parts parts;
    private final Optional<DeribitFeed> deribit;
    private final Optional<CoinGeckoFeed> coinGecko;

    private Sources(Parts parts, Optional<DeribitFeed> deribit, Optional<CoinGeckoFeed> coinGecko) {
        this.parts = parts;
        this.deribit = deribit;
        this.coinGecko = coinGecko;
    }

    /**
     * What of these venues is this instance's to do.
     *
     * @param polls the instruments that it is to poll
     * @param callsCoinGecko whether it is the one that calls for all coins
     * @param interruptions hears when a line's indices were not carried for a while
     */
    record Work(
            Predicate<Instrument> polls,
            BooleanSupplier callsCoinGecko,
            InterruptionListener interruptions) {}

    /**
     * Polls begin at once; lines when they are told what to {@link #follow}.
     *
     * @param registry is told their instruments
     * @param scheduler of one thread, on which all decisions are made; stays the caller's
     */
    static Sources start(
            IngestorSettings settings,
            String clientId,
            Topics topics,
            KafkaPublisher publisher,
            Registry registry,
            Work work,
            ScheduledExecutorService scheduler,
            Clock clock) {
        Parts parts = new Parts();
        try {
            register(settings, registry);
            Optional<DeribitFeed> deribit =
                    settings.deribit()
                            .map(venue ->
                                    parts.add(
                                            "deribit",
                                            DeribitFeed.start(
                                                    venue,
                                                    publisher,
                                                    work.polls,
                                                    work.interruptions,
                                                    scheduler,
                                                    clock)));
            Optional<CoinGeckoFeed> coinGecko =
                    settings.coinGecko()
                            .map(venue ->
                                    parts.add(
                                            "coingecko",
                                            CoinGeckoFeed.start(
                                                    venue,
                                                    publisher,
                                                    work.callsCoinGecko,
                                                    account(parts, settings, clientId, topics),
                                                    scheduler,
                                                    clock)));
            return new Sources(parts, deribit, coinGecko);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static KafkaCallAccount account(
            Parts parts, IngestorSettings settings, String clientId, Topics topics) {
        return parts.add(
                "call account",
                new KafkaCallAccount(
                        settings.producer().kafka(),
                        clientId + "-calls",
                        settings.topicPrefix(),
                        topics));
    }

    private static void register(IngestorSettings settings, Registry registry) {
        settings.deribit()
                .ifPresent(venue ->
                        registry.configure(
                                new ConfiguredInstruments(
                                        Venue.DERIBIT, venue.instruments(), '_')));
        settings.coinGecko()
                .ifPresent(venue ->
                        registry.configure(
                                new ConfiguredInstruments(
                                        Venue.COINGECKO, venue.instruments(), '-')));
    }

    /** From now on each of Deribit's lines streams what its share says. */
    void listen(Function<String, LineShare> shares) {
        deribit.ifPresent(feed ->
                feed.lines()
                        .forEach(line ->
                                shares.apply(line)
                                        .listen(
                                                Venue.DERIBIT,
                                                held -> feed.follow(line, held),
                                                () -> feed.streaming(line))));
    }

    List<SourceState> states() {
        List<SourceState> states = new ArrayList<>();
        deribit.ifPresent(feed -> states.addAll(feed.states()));
        coinGecko.ifPresent(feed -> states.add(feed.state()));
        return states;
    }

    List<SourceCounters> counters() {
        List<SourceCounters> counters = new ArrayList<>();
        deribit.ifPresent(feed -> counters.add(feed.counters()));
        coinGecko.ifPresent(feed -> counters.add(feed.counters()));
        return counters;
    }

    @Override
    public void close() {
        parts.close();
    }
}
