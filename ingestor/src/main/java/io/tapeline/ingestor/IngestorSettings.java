package io.tapeline.ingestor;

import io.tapeline.ingestor.coingecko.CoinGeckoSettings;
import io.tapeline.ingestor.deribit.DeribitSettings;
import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;

/**
 * All that an ingestor can be told.
 *
 * @param instance name of this process among others, which no other has at the same time
 * @param topicPrefix of every topic's name
 * @param partitions of every topic; must be what the topics have
 * @param replication of topics that are yet to be made
 * @param share how the work is shared with other processes
 * @param binance empty: the venue is switched off
 * @param deribit empty: the venue is switched off
 * @param coinGecko empty: the venue is switched off
 * @param httpHost the internal server's address
 * @param httpPort the internal server's port, 0 for any that is free
 * @param secret what the internal server asks for
 */
public record IngestorSettings(
        String instance,
        ProducerSettings producer,
        String topicPrefix,
        int partitions,
        short replication,
        ShareSettings share,
        Optional<BinanceSettings> binance,
        Optional<DeribitSettings> deribit,
        Optional<CoinGeckoSettings> coinGecko,
        String httpHost,
        int httpPort,
        SharedSecret secret) {

    public static final int DEFAULT_PARTITIONS = 6;

    public IngestorSettings {
        if (instance.isBlank()) {
            throw new IllegalArgumentException("ingestor settings: instance is empty");
        }
        if (partitions < 1 || replication < 1) {
            throw new IllegalArgumentException(
                    "ingestor settings: partitions "
                            + partitions
                            + " or replication "
                            + replication
                            + " is below 1");
        }
        binance.ifPresent(venue -> requireShared("binance", venue.lines(), share));
        deribit.ifPresent(venue -> requireShared("deribit", venue.lines(), share));
        if (httpPort < 0 || httpPort > 65_535) {
            throw new IllegalArgumentException(
                    "ingestor settings: httpPort " + httpPort + " is not 0 to 65535");
        }
    }

    private static void requireShared(String venue, List<String> lines, ShareSettings share) {
        if (!share.lines().containsAll(lines)) {
            throw new IllegalArgumentException(
                    "ingestor settings: lines "
                            + lines
                            + " of "
                            + venue
                            + " are not among "
                            + share.lines());
        }
    }

    /** For one process beside its broker: nothing is replicated, any free port, no other venue. */
    public static IngestorSettings local(
            String instance, String bootstrap, Optional<BinanceSettings> binance) {
        return new IngestorSettings(
                instance,
                ProducerSettings.ofDefaults(bootstrap),
                Topics.DEFAULT_PREFIX,
                DEFAULT_PARTITIONS,
                (short) 1,
                ShareSettings.alone(binance.map(BinanceSettings::lines).orElse(List.of("a"))),
                binance,
                Optional.empty(),
                Optional.empty(),
                "127.0.0.1",
                0,
                SharedSecret.NONE);
    }

    public IngestorSettings withTopics(String prefix, int partitionCount) {
        return new IngestorSettings(
                instance,
                producer,
                prefix,
                partitionCount,
                replication,
                share,
                binance,
                deribit,
                coinGecko,
                httpHost,
                httpPort,
                secret);
    }

    public IngestorSettings withProducer(ProducerSettings other) {
        return new IngestorSettings(
                instance,
                other,
                topicPrefix,
                partitions,
                replication,
                share,
                binance,
                deribit,
                coinGecko,
                httpHost,
                httpPort,
                secret);
    }

    public IngestorSettings withHttp(String host, int port) {
        return new IngestorSettings(
                instance,
                producer,
                topicPrefix,
                partitions,
                replication,
                share,
                binance,
                deribit,
                coinGecko,
                host,
                port,
                secret);
    }

    public IngestorSettings withShare(ShareSettings newShare) {
        return new IngestorSettings(
                instance,
                producer,
                topicPrefix,
                partitions,
                replication,
                newShare,
                binance,
                deribit,
                coinGecko,
                httpHost,
                httpPort,
                secret);
    }

    public IngestorSettings withDeribit(DeribitSettings other) {
        return new IngestorSettings(
                instance,
                producer,
                topicPrefix,
                partitions,
                replication,
                share,
                binance,
                Optional.of(other),
                coinGecko,
                httpHost,
                httpPort,
                secret);
    }

    public IngestorSettings withCoinGecko(CoinGeckoSettings other) {
        return new IngestorSettings(
                instance,
                producer,
                topicPrefix,
                partitions,
                replication,
                share,
                binance,
                deribit,
                Optional.of(other),
                httpHost,
                httpPort,
                secret);
    }
}
