package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.LineSettings;
import io.tapeline.ingestor.binance.StreamType;
import io.tapeline.ingestor.coingecko.ApiKey;
import io.tapeline.ingestor.coingecko.CoinGeckoSettings;
import io.tapeline.ingestor.deribit.DeribitSettings;
import io.tapeline.ingestor.discovery.Selection;
import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.ingestor.rest.RestSettings;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.ingestor.watchdog.WatchdogSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code tapeline.} that an ingestor reads, each also an environment variable
 * ({@code TAPELINE_BINANCE_REST_URL}).
 *
 * @param symbols which pairs, as the venue spells them; none: all that are trading
 */
@ConfigurationProperties("tapeline")
record IngestorProperties(
        @DefaultValue Kafka kafka,
        @DefaultValue Binance binance,
        @DefaultValue Deribit deribit,
        @DefaultValue CoinGecko coingecko,
        @DefaultValue("") List<String> symbols,
        @DefaultValue Service ingestor) {

    /**
     * {@code tapeline.kafka.}: where Kafka is, and how its topics are.
     *
     * @param bootstrap where Kafka is: {@code host:port}, several with commas
     * @param topicPrefix what every topic's name begins with
     * @param partitions of every topic; cannot be changed once there are topics
     * @param replication of topics that this makes
     */
    record Kafka(
            @DefaultValue("localhost:9092") String bootstrap,
            @DefaultValue("tapeline.") String topicPrefix,
            @DefaultValue("6") int partitions,
            @DefaultValue("1") short replication) {}

    /**
     * {@code tapeline.binance.}: an empty address switches the venue off.
     *
     * @param restUrl base of the REST addresses; {@code /api/v3/...} is appended
     * @param wsUrl base of the sockets; {@code /stream} is appended
     * @param timeUnit of the exchange's times: ms or us
     * @param streams what is subscribed for each pair
     * @param streamsPerConnection most streams of one connection; the exchange allows 1024
     * @param streamsPerMessage most streams named in one SUBSCRIBE
     * @param messageSpacing least time between two messages to the exchange, which allows five a
     *     second
     * @param answerWithin how long a SUBSCRIBE may stay without an answer
     * @param replaceAfter longest life of a connection before another takes over its streams, up to
     *     a tenth shorter by chance; the exchange cuts at 24 hours
     * @param overlap how long old and new connection carry the same streams, unless each stream
     *     that is active has come on the new one sooner
     * @param watchEvery how often streams are looked at for silence
     * @param watchMultiple a stream is in doubt when it is silent for so many times its longest
     *     usual silence
     * @param watchFloor shortest silence that puts a stream in doubt
     * @param watchCeiling longest time that a silent stream is left without being asked about
     * @param firstEventWithin how long a newly subscribed stream may be without its first event
     * @param watchGrace how long an event that is known to exist may be on its way
     * @param watchShare part of a connection's lively streams, above 0, at most 1, that silent
     *     together condemn the connection
     * @param watchWeightPerMinute most of the exchange's weight that asking about silent streams
     *     may use
     * @param attemptsPerFiveMinutes most connection attempts; the exchange allows 300
     * @param silence longest time that a connection may bring nothing, pings included
     * @param maxMessage largest message that is taken
     * @param depthLimit levels a side of a snapshot, up to 5000: 1000 weigh 50 of the exchange's
     *     weight, which brings 1,500 books in some 16 minutes; 5000 weigh 250 and take 80 minutes
     * @param catchUpCandles the newest so many are fetched when a stream of candles is subscribed
     *     for the first time, at most 1000; afterwards as many as no line carried. 0 for none ever
     * @param catchUpDelay how long snapshots and tickers of newly subscribed streams wait, to be
     *     fetched once for all who need them
     * @param refreshEvery how often the list of instruments is fetched
     * @param weightPerMinute the exchange's limit, until it tells another itself
     * @param requestsPer5Minutes the exchange's limit of requests of any weight, until it tells
     *     another itself
     * @param weightShare part of the limits that is used, 0 to 1; the rest is left to others at
     *     this address
     * @param restConcurrency requests under way at the same time
     * @param restQueue most requests that wait
     * @param restAttempts how often a request is tried before it has failed
     * @param restAnswerWithin how long an answer may take
     */
    record Binance(
            @DefaultValue("https://data-api.binance.vision") String restUrl,
            @DefaultValue("wss://data-stream.binance.vision") String wsUrl,
            @DefaultValue("ms") String timeUnit,
            @DefaultValue({"kline_1m", "ticker", "depth@100ms"}) List<String> streams,
            @DefaultValue("600") int streamsPerConnection,
            @DefaultValue("200") int streamsPerMessage,
            @DefaultValue("350ms") Duration messageSpacing,
            @DefaultValue("10s") Duration answerWithin,
            @DefaultValue("23h") Duration replaceAfter,
            @DefaultValue("2s") Duration overlap,
            @DefaultValue("1s") Duration watchEvery,
            @DefaultValue("4") int watchMultiple,
            @DefaultValue("10s") Duration watchFloor,
            @DefaultValue("10m") Duration watchCeiling,
            @DefaultValue("30s") Duration firstEventWithin,
            @DefaultValue("3s") Duration watchGrace,
            @DefaultValue("0.5") double watchShare,
            @DefaultValue("120") int watchWeightPerMinute,
            @DefaultValue("240") int attemptsPerFiveMinutes,
            @DefaultValue("65s") Duration silence,
            @DefaultValue("16MB") DataSize maxMessage,
            @DefaultValue("1000") int depthLimit,
            @DefaultValue("500") int catchUpCandles,
            @DefaultValue("5s") Duration catchUpDelay,
            @DefaultValue("5m") Duration refreshEvery,
            @DefaultValue("6000") int weightPerMinute,
            @DefaultValue("61000") int requestsPer5Minutes,
            @DefaultValue("0.8") double weightShare,
            @DefaultValue("4") int restConcurrency,
            @DefaultValue("8192") int restQueue,
            @DefaultValue("5") int restAttempts,
            @DefaultValue("15s") Duration restAnswerWithin) {}

    /**
     * {@code tapeline.deribit.}: price indices; an empty address of the socket switches the venue
     * off.
     *
     * @param wsUrl whole address of the socket
     * @param restUrl base to which {@code /public/get_index_price} is appended; not set: the
     *     socket's host; empty: no poll
     * @param indices names of the price indices
     * @param heartbeat how often Deribit is to send one, in whole seconds, at least 10s; after
     *     three that stay away the connection is made anew
     * @param answerWithin how long an answer may take, of the socket or of REST
     * @param stalledAfter how long an index may bring nothing before it is subscribed anew, and
     *     after that before the connection is made anew
     * @param askAgainEvery how often indices are asked for that Deribit left out or refused
     * @param maxMessage largest message that is taken
     */
    record Deribit(
            @DefaultValue("wss://www.deribit.com/ws/api/v2") String wsUrl,
            @Nullable String restUrl,
            @DefaultValue({"btc_usd", "eth_usd"}) List<String> indices,
            @DefaultValue("10s") Duration heartbeat,
            @DefaultValue("10s") Duration answerWithin,
            @DefaultValue("30s") Duration stalledAfter,
            @DefaultValue("5m") Duration askAgainEvery,
            @DefaultValue("1MB") DataSize maxMessage) {

        private Optional<DeribitSettings> toSettings(List<String> lines) {
            if (wsUrl.isBlank()) {
                return Optional.empty();
            }
            URI socket = address("tapeline.deribit.ws-url", wsUrl, "ws");
            return Optional.of(
                    new DeribitSettings(
                            socket,
                            rest(socket),
                            names(indices),
                            lines,
                            heartbeat,
                            answerWithin,
                            stalledAfter,
                            askAgainEvery,
                            Math.toIntExact(maxMessage.toBytes())));
        }

        /** {@code wss://host/ws/api/v2} has its REST at {@code https://host/api/v2}. */
        private Optional<URI> rest(URI socket) {
            if (restUrl != null) {
                return restUrl.isBlank()
                        ? Optional.empty()
                        : Optional.of(address("tapeline.deribit.rest-url", restUrl, "http"));
            }
            String text = socket.toString();
            if (!text.endsWith("/ws/api/v2")) {
                throw new IllegalArgumentException(
                        "tapeline.deribit.rest-url: is not set, and cannot be derived from \""
                                + text
                                + "\", which does not end with /ws/api/v2");
            }
            return Optional.of(
                    URI.create(
                            text.replaceFirst("^ws", "http")
                                    .replaceFirst("/ws/api/v2$", "/api/v2")));
        }
    }

    /**
     * {@code tapeline.coingecko.}: prices of coins; an empty address switches the venue off.
     *
     * @param url base to which {@code /simple/price} is appended
     * @param apiKey the key, if there is one; never logged
     * @param keyKind of the key: demo or pro, which have different addresses
     * @param coins ids of the coins, as CoinGecko spells them
     * @param currencies in which they are priced
     * @param monthlyCredits what a month may cost, a credit a call; the pace of calls follows from
     *     it: 10000 are one call each 268s
     * @param callsPerMinute most calls in a minute
     * @param shortestInterval least time between two calls for the same coins; CoinGecko's answers
     *     are renewed each 60s, for a paid key each 20s
     * @param coinsPerCall most coins in one call, up to 500
     * @param answerWithin how long an answer may take
     */
    record CoinGecko(
            @DefaultValue("https://api.coingecko.com/api/v3") String url,
            @DefaultValue("") String apiKey,
            @DefaultValue("demo") String keyKind,
            @DefaultValue({"bitcoin", "ethereum"}) List<String> coins,
            @DefaultValue("usd") List<String> currencies,
            @DefaultValue("10000") int monthlyCredits,
            @DefaultValue("30") int callsPerMinute,
            @DefaultValue("60s") Duration shortestInterval,
            @DefaultValue("250") int coinsPerCall,
            @DefaultValue("15s") Duration answerWithin) {

        private Optional<CoinGeckoSettings> toSettings() {
            if (url.isBlank()) {
                return Optional.empty();
            }
            ApiKey.Kind kind = ApiKey.Kind.of(keyKind);
            return Optional.of(
                    new CoinGeckoSettings(
                            address("tapeline.coingecko.url", url, "http"),
                            names(coins),
                            names(currencies),
                            apiKey.isBlank()
                                    ? Optional.empty()
                                    : Optional.of(new ApiKey(kind, apiKey.strip())),
                            monthlyCredits,
                            callsPerMinute,
                            shortestInterval,
                            coinsPerCall,
                            answerWithin));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "CoinGecko[url=" + url + ", coins=" + coins + "]";
        }
    }

    /**
     * {@code tapeline.ingestor.}: this process.
     *
     * @param instance name of this process among others; one of its own for each
     * @param httpHost address of the internal server
     * @param httpPort port of the internal server; 0 for any that is free
     * @param lines names of the independent lines; the same in the same order in every process
     * @param handover how long streams go on after another process was given them, and after this
     *     one has left: who takes over subscribes before they end; 0 in a process that is alone
     * @param sessionTimeout after which the others take the share of a process that is not heard
     *     of; Kafka's brokers allow 6 s and more
     * @param buffer what may wait for Kafka, compressed
     * @param batch largest batch of records
     * @param linger how long a batch waits to be filled
     * @param deliverWithin how long Kafka may be away before events are lost
     * @param kafkaRequestWithin how long one request to Kafka may take before it is made again
     * @param kafkaStartWithin how long a Kafka that is away at the start is waited for
     */
    record Service(
            @DefaultValue("ingestor") String instance,
            @DefaultValue("127.0.0.1") String httpHost,
            @DefaultValue("8091") int httpPort,
            @DefaultValue("a") List<String> lines,
            @DefaultValue("3s") Duration handover,
            @DefaultValue("10s") Duration sessionTimeout,
            @DefaultValue("128MB") DataSize buffer,
            @DefaultValue("256KB") DataSize batch,
            @DefaultValue("5ms") Duration linger,
            @DefaultValue("3m") Duration deliverWithin,
            @DefaultValue("15s") Duration kafkaRequestWithin,
            @DefaultValue("2m") Duration kafkaStartWithin) {}

    /**
     * @throws IllegalArgumentException naming the setting that is wrong, and what is allowed
     */
    IngestorSettings toSettings() {
        return new IngestorSettings(
                ingestor.instance,
                new ProducerSettings(
                        kafka.bootstrap,
                        ingestor.buffer.toBytes(),
                        Math.toIntExact(ingestor.batch.toBytes()),
                        ingestor.linger,
                        ingestor.deliverWithin,
                        ingestor.kafkaRequestWithin,
                        ingestor.kafkaStartWithin),
                kafka.topicPrefix,
                kafka.partitions,
                kafka.replication,
                new ShareSettings(ingestor.lines, ingestor.handover, ingestor.sessionTimeout),
                binance.restUrl.isBlank() || binance.wsUrl.isBlank()
                        ? Optional.empty()
                        : Optional.of(binanceSettings()),
                deribit.toSettings(ingestor.lines),
                coingecko.toSettings(),
                ingestor.httpHost,
                ingestor.httpPort);
    }

    private BinanceSettings binanceSettings() {
        ExchangeTimeUnit unit = ExchangeTimeUnit.of(binance.timeUnit);
        return new BinanceSettings(
                new RestSettings(
                        address("tapeline.binance.rest-url", binance.restUrl, "http"),
                        unit,
                        binance.weightPerMinute,
                        binance.requestsPer5Minutes,
                        binance.weightShare,
                        binance.restConcurrency,
                        binance.restQueue,
                        binance.restAttempts,
                        binance.restAnswerWithin),
                new LineSettings(
                        address("tapeline.binance.ws-url", binance.wsUrl, "ws"),
                        binance.streams.stream().map(StreamType::of).toList(),
                        unit,
                        binance.streamsPerConnection,
                        binance.streamsPerMessage,
                        binance.messageSpacing,
                        binance.answerWithin,
                        binance.replaceAfter,
                        binance.overlap),
                new WatchdogSettings(
                        binance.watchEvery,
                        binance.watchMultiple,
                        binance.watchFloor,
                        binance.watchCeiling,
                        binance.firstEventWithin,
                        binance.watchGrace,
                        binance.watchShare,
                        binance.watchWeightPerMinute),
                ingestor.lines,
                Selection.of(symbols),
                binance.depthLimit,
                new CatchUpSettings(binance.catchUpCandles, binance.catchUpDelay),
                binance.refreshEvery,
                binance.attemptsPerFiveMinutes,
                Math.toIntExact(binance.maxMessage.toBytes()),
                binance.silence);
    }

    private static List<String> names(List<String> texts) {
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    /** Without a slash at its end, since paths are appended. */
    private static URI address(String setting, String text, String scheme) {
        String base = text.strip().replaceFirst("/+$", "");
        if (!base.startsWith(scheme + "://") && !base.startsWith(scheme + "s://")) {
            throw new IllegalArgumentException(
                    setting
                            + ": \""
                            + text
                            + "\" does not begin with "
                            + scheme
                            + ":// or "
                            + scheme
                            + "s://");
        }
        try {
            return URI.create(base);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": \"" + text + "\" is no address", e);
        }
    }
}
