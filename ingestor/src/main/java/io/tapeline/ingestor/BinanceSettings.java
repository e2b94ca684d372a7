package io.tapeline.ingestor;

import io.tapeline.ingestor.binance.LineSettings;
import io.tapeline.ingestor.binance.StreamType;
import io.tapeline.ingestor.discovery.Selection;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.ingestor.rest.RestSettings;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.ingestor.watchdog.WatchdogSettings;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is taken from Binance, and how.
 *
 * @param rest how its REST is asked
 * @param line how each line connects and what it subscribes
 * @param watchdog when a silent stream is suspicious
 * @param lines names of the independent lines, each with connections of its own
 * @param selection which instruments
 * @param depthLimit levels a side of a depth snapshot, 1 to 5000; what one costs of the exchange's
 *     weight follows from it (EXCHANGES.md A.6): with 1000 levels 50, so that 1,500 books are live
 *     in some 16 minutes within the usual share of the weight; with 5000 levels 250, and 80 minutes
 * @param catchUp what is asked for when streams have become subscribed
 * @param refreshEvery how often the list of instruments is fetched
 * @param attemptsPerFiveMinutes connection attempts, below the exchange's 300 (EXCHANGES.md A.2)
 * @param maxMessageBytes of a WebSocket message
 * @param silence longest time that a connection may bring nothing, pings included
 */
public record BinanceSettings(
        RestSettings rest,
        LineSettings line,
        WatchdogSettings watchdog,
        List<String> lines,
        Selection selection,
        int depthLimit,
        CatchUpSettings catchUp,
        Duration refreshEvery,
        int attemptsPerFiveMinutes,
        int maxMessageBytes,
        Duration silence) {

    private static final int EXCHANGE_ATTEMPTS = 300;

    public BinanceSettings {
        lines = List.copyOf(lines);
        if (lines.isEmpty()
                || lines.stream().anyMatch(String::isBlank)
                || lines.stream().distinct().count() != lines.size()) {
            throw new IllegalArgumentException(
                    "binance settings: lines " + lines + " is empty or names one twice");
        }
        if (depthLimit < 1 || depthLimit > RestRequest.Depth.MOST) {
            throw new IllegalArgumentException(
                    "binance settings: depthLimit " + depthLimit + " is not 1 to 5000");
        }
        if (attemptsPerFiveMinutes < 1 || attemptsPerFiveMinutes > EXCHANGE_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "binance settings: attemptsPerFiveMinutes "
                            + attemptsPerFiveMinutes
                            + " is not 1 to 300");
        }
        if (!refreshEvery.isPositive()) {
            throw new IllegalArgumentException(
                    "binance settings: refreshEvery " + refreshEvery + " is not positive");
        }
    }

    /**
     * As it is meant to run: candles of a minute, tickers, depth and what its audit needs of the
     * named symbols, or of all that are trading where none is named.
     */
    public static BinanceSettings ofDefaults(URI restUrl, URI wsUrl, List<String> symbols) {
        return of(
                restUrl,
                wsUrl,
                symbols,
                List.of("kline_1m", "ticker", "depth@100ms", "depth20"),
                ExchangeTimeUnit.MILLISECONDS);
    }

    public static BinanceSettings of(
            URI restUrl,
            URI wsUrl,
            List<String> symbols,
            List<String> streams,
            ExchangeTimeUnit unit) {
        return new BinanceSettings(
                RestSettings.ofDefaults(restUrl, unit),
                new LineSettings(
                        wsUrl,
                        streams.stream().map(StreamType::of).toList(),
                        unit,
                        600,
                        200,
                        Duration.ofMillis(350),
                        Duration.ofSeconds(10),
                        Duration.ofHours(23),
                        Duration.ofSeconds(2)),
                WatchdogSettings.ofDefaults(),
                List.of("a"),
                Selection.of(symbols),
                RestRequest.Depth.USUAL,
                CatchUpSettings.ofDefaults(),
                Duration.ofMinutes(5),
                70,
                16 << 20,
                Duration.ofSeconds(65));
    }

    public BinanceSettings withCatchUp(CatchUpSettings newCatchUp) {
        return new BinanceSettings(
                rest,
                line,
                watchdog,
                lines,
                selection,
                depthLimit,
                newCatchUp,
                refreshEvery,
                attemptsPerFiveMinutes,
                maxMessageBytes,
                silence);
    }

    public BinanceSettings withLines(List<String> newLines) {
        return new BinanceSettings(
                rest,
                line,
                watchdog,
                newLines,
                selection,
                depthLimit,
                catchUp,
                refreshEvery,
                attemptsPerFiveMinutes,
                maxMessageBytes,
                silence);
    }

    public BinanceSettings withRefreshEvery(Duration newRefreshEvery) {
        return new BinanceSettings(
                rest,
                line,
                watchdog,
                lines,
                selection,
                depthLimit,
                catchUp,
                newRefreshEvery,
                attemptsPerFiveMinutes,
                maxMessageBytes,
                silence);
    }
}
