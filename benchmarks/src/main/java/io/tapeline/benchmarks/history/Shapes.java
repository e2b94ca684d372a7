package io.tapeline.benchmarks.history;

import io.tapeline.benchmarks.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What other types and codecs of the candles' decimals, and roll-ups kept beside them, would cost:
 * the same rows copied into tables that differ in that alone, by the engine itself.
 */
final class Shapes {

    private static final List<String> DECIMALS =
            List.of(
                    "open",
                    "high",
                    "low",
                    "close",
                    "volume",
                    "taker_buy_volume",
                    "quote_volume",
                    "taker_buy_quote_volume");

    private static final int ASKED = 10;

    /**
     * @param value of a column, as an expression
     * @param sum of the volume
     */
    private record Shape(String name, String type, String codec, String value, String sum) {}

    private static final List<Shape> SHAPES =
            List.of(
                    new Shape(
                            "Int128, ZSTD(1): what is built",
                            "Int128",
                            "ZSTD(1)",
                            "%s",
                            "sum(toInt256(volume))"),
                    new Shape("Int128, LZ4", "Int128", "LZ4", "%s", "sum(toInt256(volume))"),
                    new Shape(
                            "Int128, ZSTD(3)", "Int128", "ZSTD(3)", "%s", "sum(toInt256(volume))"),
                    new Shape(
                            "Decimal(38, 18): not any 38 digits",
                            "Decimal(38, 18)",
                            "ZSTD(1)",
                            "toDecimal128(toString(%s), 18) / 100000000",
                            "sum(volume)"),
                    new Shape(
                            "Decimal(76, 38): no scales",
                            "Decimal(76, 38)",
                            "ZSTD(1)",
                            "toDecimal256(toString(%s), 38) / 100000000",
                            "sum(volume)"),
                    new Shape(
                            "Int64, T64: what exactness costs",
                            "Int64",
                            "T64, ZSTD(1)",
                            "toInt64(%s)",
                            "sum(toInt128(volume))"));

    private Shapes() {}

    static Answer.Table compare(Server server) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        for (Shape shape : SHAPES) {
            server.ask("DROP TABLE IF EXISTS shape");
            server.ask(create(shape));
            rows.add(measured(server, shape.name(), select(shape), shape.sum()));
        }
        server.ask("DROP TABLE IF EXISTS shape");
        server.ask(create(SHAPES.getFirst()));
        for (String span : List.of("300", "900", "3600", "14400", "86400")) {
            server.ask(
                    "CREATE MATERIALIZED VIEW rolled_%1$s ENGINE = AggregatingMergeTree ORDER BY (instrument, candle) AS SELECT instrument, toStartOfInterval(open_time, toIntervalSecond(%1$s)) AS candle, argMinState(open, open_time) AS o, maxState(high) AS h, minState(low) AS l, argMaxState(close, open_time) AS c, sumState(toInt256(volume)) AS v, sumState(toInt256(quote_volume)) AS q FROM shape GROUP BY instrument, candle"
                            .formatted(span));
        }
        rows.add(
                measured(
                        server,
                        "as built, with five materialized roll-ups (wrong once a row comes twice)",
                        select(SHAPES.getFirst()),
                        SHAPES.getFirst().sum()));
        return new Answer.Table(
                List.of(
                        " candles' decimals as",
                        "copied candles/s",
                        "bytes a candle",
                        "30 days as 1h"),
                rows);
    }

    private static String create(Shape shape) {
        String columns =
                DECIMALS.stream()
                        .map(name -> name + " " + shape.type() + " CODEC(" + shape.codec() + ")")
                        .collect(Collectors.joining(", "));
        return "CREATE TABLE shape (instrument LowCardinality(String), span LowCardinality(String),"
                + " open_time DateTime64(6, 'UTC') CODEC(DoubleDelta, ZSTD(1)), event_time"
                + " DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)), price_scale UInt8,"
                + " quantity_scale UInt8, quote_scale UInt8, trades Int64 CODEC(T64, ZSTD(1)), "
                + columns
                + ") ENGINE = ReplacingMergeTree(event_time) PARTITION BY toYYYYMM(open_time) ORDER"
                + " BY (instrument, span, open_time)";
    }

    private static String select(Shape shape) {
        return "SELECT "
                + Stream.concat(
                                Stream.of(
                                        "instrument",
                                        "span",
                                        "open_time",
                                        "event_time",
                                        "price_scale",
                                        "quantity_scale",
                                        "quote_scale",
                                        "trades"),
                                DECIMALS.stream()
                                        .map(name -> shape.value().formatted(name) + " AS " + name))
                        .collect(Collectors.joining(", "))
                + " FROM source";
    }

    private static List<String> measured(Server server, String name, String select, String sum)
            throws IOException, InterruptedException {
        long count = Long.parseLong(server.ask("SELECT count() FROM source"));
        server.ask("DROP TABLE IF EXISTS converted");
        server.ask("CREATE TABLE converted ENGINE = Memory AS " + select);
        long begin = System.nanoTime();
        server.ask("INSERT INTO shape SELECT * FROM converted");
        double rate = count * 1e9 / (System.nanoTime() - begin);
        server.ask("DROP TABLE converted");
        server.ask("OPTIMIZE TABLE shape FINAL");
        String bytes =
                server.ask(
                        "SELECT round(sum(bytes_on_disk) / "
                                + count
                                + ", 1) FROM system.parts WHERE database = currentDatabase() AND"
                                + " (table = 'shape' OR table LIKE '%inner%') AND active");
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ASKED; i++) {
            long from = System.nanoTime();
            var _ =
                    server.ask(
                            "SELECT toStartOfHour(open_time) AS h, argMin(open, open_time),"
                                    + " max(high), min(low), argMax(close, open_time), "
                                    + sum
                                    + " FROM shape FINAL WHERE instrument = '"
                                    + MarketMinutes.instrument(i).id()
                                    + "' AND span = '1m' GROUP BY h FORMAT Null");
            best = Math.min(best, System.nanoTime() - from);
        }
        return List.of(
                name,
                Answer.number(rate),
                bytes,
                String.format(Locale.ROOT, "%.1f ms", best / 1e6));
    }
}
