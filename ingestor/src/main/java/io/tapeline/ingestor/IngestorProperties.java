package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.LineSettings;
import io.tapeline.ingestor.binance.StreamType;
import io.tapeline.ingestor.discovery.Selection;
import io.tapeline.ingestor.publish.ProducerSettings;
import io.tapeline.ingestor.rest.RestSettings;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
     * @param attemptsPerFiveMinutes most connection attempts; the exchange allows 300
     * @param silence longest time that a connection may bring nothing, pings included
     * @param maxMessage largest message that is taken
     * @param depthLimit levels a side of a snapshot, up to 5000: 1000 weigh 50 of the exchange's
     *     weight, which brings 1,500 books in some 16 minutes; 5000 weigh 250 and take 80 minutes
     * @param catchUpCandles the newest so many are fetched when a stream of candles has become
     *     subscribed; 0 for none, at most 1000
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
     * {@code tapeline.ingestor.}: this process.
     *
     * @param instance name of this process among others
     * @param httpHost address of the internal server
     * @param httpPort port of the internal server; 0 for any that is free
     * @param lines names of its independent lines
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
                binance.restUrl.isBlank() || binance.wsUrl.isBlank()
                        ? Optional.empty()
                        : Optional.of(binanceSettings()),
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
                        binance.answerWithin),
                ingestor.lines,
                Selection.of(symbols),
                binance.depthLimit,
                new CatchUpSettings(binance.catchUpCandles, binance.catchUpDelay),
                binance.refreshEvery,
                binance.attemptsPerFiveMinutes,
                Math.toIntExact(binance.maxMessage.toBytes()),
                binance.silence);
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
