package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.LineSettings;
import io.tapeline.ingestor.binance.StreamType;
import io.tapeline.ingestor.discovery.Selection;
import io.tapeline.ingestor.rest.RestSettings;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.ingestor.watchdog.WatchdogSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code tapeline.binance.}: an empty address switches the venue off.
 *
 * @param restUrl base of the REST addresses; {@code /api/v3/...} is appended
 * @param wsUrl base of the sockets; {@code /stream} is appended
 * @param timeUnit of the exchange's times: ms or us
 * @param streams what is subscribed for each pair
 * @param auditStreams what is subscribed for each pair to hold its book against, beside those:
 *     depth20 shows the best twenty levels once a second, bookTicker each best bid and ask; empty
 *     for none
 * @param streamsPerConnection most streams of one connection; the exchange allows 1024
 * @param streamsPerMessage most streams named in one SUBSCRIBE
 * @param messageSpacing least time between two messages to the exchange, which allows five a second
 * @param answerWithin how long a SUBSCRIBE may stay without an answer
 * @param replaceAfter longest life of a connection before another takes over its streams, up to a
 *     tenth shorter by chance; the exchange cuts at 24 hours
 * @param overlap how long old and new connection carry the same streams, unless each stream that is
 *     active has come on the new one sooner
 * @param watchEvery how often streams are looked at for silence
 * @param watchMultiple a stream is in doubt when it is silent for so many times its longest usual
 *     silence
 * @param watchFloor shortest silence that puts a stream in doubt
 * @param watchCeiling longest time that a silent stream is left without being asked about
 * @param firstEventWithin how long a newly subscribed stream may be without its first event
 * @param watchGrace how long an event that is known to exist may be on its way
 * @param watchShare part of a connection's lively streams, above 0, at most 1, that silent together
 *     condemn the connection
 * @param watchWeightPerMinute most of the exchange's weight that asking about silent streams may
 *     use
 * @param attemptsPerFiveMinutes most connection attempts of this process; the exchange allows 300
 *     of an address, so that four processes behind one stay below that, which know nothing of each
 *     other
 * @param silence longest time that a connection may bring nothing, pings included
 * @param maxMessage largest message that is taken
 * @param depthLimit levels a side of a snapshot, up to 5000: 1000 weigh 50 of the exchange's
 *     weight, which brings 1,500 books in some 16 minutes; 5000 weigh 250 and take 80 minutes
 * @param catchUpCandles the newest so many are fetched when a stream of candles is subscribed for
 *     the first time, at most 1000; afterwards as many as no line carried. 0 for none ever
 * @param catchUpDelay how long snapshots and tickers of newly subscribed streams wait, to be
 *     fetched once for all who need them
 * @param refreshEvery how often the list of instruments is fetched
 * @param weightPerMinute the exchange's limit, until it tells another itself
 * @param requestsPer5Minutes the exchange's limit of requests of any weight, until it tells another
 *     itself
 * @param weightShare part of the limits that is used, 0 to 1; the rest is left to others at this
 *     address
 * @param restConcurrency requests under way at the same time
 * @param restQueue most requests that wait
 * @param restAttempts how often a request is tried before it has failed
 * @param restAnswerWithin how long an answer may take
 */
record BinanceProperties(
        @DefaultValue("https://data-api.binance.vision") String restUrl,
        @DefaultValue("wss://data-stream.binance.vision") String wsUrl,
        @DefaultValue("ms") String timeUnit,
        @DefaultValue({"kline_1m", "ticker", "depth@100ms"}) List<String> streams,
        @DefaultValue("depth20") List<String> auditStreams,
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
        @DefaultValue("70") int attemptsPerFiveMinutes,
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
        @DefaultValue("15s") Duration restAnswerWithin) {

    /** Empty if the venue is switched off. */
    Optional<BinanceSettings> toSettings(List<String> lines, List<String> symbols) {
        return restUrl.isBlank() || wsUrl.isBlank()
                ? Optional.empty()
                : Optional.of(settings(lines, symbols));
    }

    private List<StreamType> types() {
        return Stream.concat(
                        streams.stream().map(StreamType::of),
                        auditStreams.stream().map(StreamType::ofAudit))
                .distinct()
                .toList();
    }

    private BinanceSettings settings(List<String> lines, List<String> symbols) {
        ExchangeTimeUnit unit = ExchangeTimeUnit.of(timeUnit);
        return new BinanceSettings(
                new RestSettings(
                        SettingText.address("tapeline.binance.rest-url", restUrl, "http"),
                        unit,
                        weightPerMinute,
                        requestsPer5Minutes,
                        weightShare,
                        restConcurrency,
                        restQueue,
                        restAttempts,
                        restAnswerWithin),
                new LineSettings(
                        SettingText.address("tapeline.binance.ws-url", wsUrl, "ws"),
                        types(),
                        unit,
                        streamsPerConnection,
                        streamsPerMessage,
                        messageSpacing,
                        answerWithin,
                        replaceAfter,
                        overlap),
                new WatchdogSettings(
                        watchEvery,
                        watchMultiple,
                        watchFloor,
                        watchCeiling,
                        firstEventWithin,
                        watchGrace,
                        watchShare,
                        watchWeightPerMinute),
                lines,
                Selection.of(symbols),
                depthLimit,
                new CatchUpSettings(catchUpCandles, catchUpDelay),
                refreshEvery,
                attemptsPerFiveMinutes,
                Math.toIntExact(maxMessage.toBytes()),
                silence);
    }
}
