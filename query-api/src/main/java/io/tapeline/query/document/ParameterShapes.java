package io.tapeline.query.document;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What parameters may be. Operations take them as text, to refuse them in words of their own; the
 * contract test tries every bound named here.
 */
final class ParameterShapes {

    private static final Schema<?> SYMBOL =
            text(64).pattern("^[^:/\\s]+$").description("As the venue spells it.");
    private static final Schema<?> TYPES =
            text(64).pattern("^(price|candle|book|depth)(,(price|candle|book|depth))*$");
    private static final Schema<?> TIME = text(80).format("date-time");
    private static final Schema<?> POSITIVE =
            text(80).pattern("^[0-9.eE+-]+$").description("A number greater than 0, exact.");

    /** By name, wherever nothing else is said of it. */
    private static final Map<String, Schema<?>> BY_NAME =
            Map.ofEntries(
                    Map.entry("venue", words("binance", "deribit", "coingecko")),
                    Map.entry("symbol", SYMBOL),
                    Map.entry("symbols", text(40_000)),
                    Map.entry("from", TIME),
                    Map.entry("to", TIME),
                    Map.entry("order", words("asc", "desc")),
                    Map.entry("cursor", text(512)),
                    Map.entry("q", text(64)),
                    Map.entry("price", POSITIVE),
                    Map.entry("quantity", POSITIVE),
                    Map.entry("operator", words("eq", "lte", "gte")),
                    Map.entry("status", words("TRADING", "HALTED", "DELISTED")),
                    Map.entry("depth", number(1, 5_000, 100)),
                    Map.entry("id", text(64)),
                    Map.entry("instruments", text(10_000)),
                    Map.entry("types", TYPES),
                    Map.entry(
                            "interval",
                            words(
                                    "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h",
                                    "12h", "1d", "3d", "1w", "1M")));

    /** By operation and name. */
    private static final Map<String, Schema<?>> BY_OPERATION =
            Map.of(
                    "listCandles.limit", number(1, 1_000, 500),
                    "listPriceHistory.limit", number(1, 5_000, 500),
                    "listInstruments.limit", number(1, 5_000, 5_000),
                    "listGaps.limit", number(1, 1_000, 100),
                    "getBookVolume.side", words("bid", "ask"),
                    "getQuote.side", words("buy", "sell"),
                    "getCompleteness.venue", words("binance"));

    private static final Set<String> REQUIRED =
            Set.of(
                    "getBookVolume.side",
                    "getBookVolume.price",
                    "getBookVolume.operator",
                    "getQuote.side",
                    "getQuote.quantity");

    private static final Map<String, String> WORDS =
            Map.of(
                    "venue", "binance, deribit or coingecko.",
                    "symbol", "As the venue spells it.",
                    "price", "Greater than 0.",
                    "id", "As it was answered when the collection began.");

    private static final Map<String, Object> EXAMPLES =
            Map.of(
                    "id",
                    "7f3b5a52-92b5-4b06-8d1c-2a3b9a9b8f10",
                    "cursor",
                    "MWY0YTJ8MTcyMzE2MTYwMDAwMDAwMA");

    private ParameterShapes() {}

    static void apply(Operation operation) {
        List<Parameter> parameters = operation.getParameters();
        if (parameters == null) {
            return;
        }
        for (Parameter parameter : parameters) {
            String name = parameter.getName();
            String here = operation.getOperationId() + "." + name;
            @Nullable Schema<?> known = BY_OPERATION.getOrDefault(here, BY_NAME.get(name));
            if (known == null) {
                throw new IllegalStateException("document: nothing is said of parameter " + here);
            }
            parameter.setSchema(known);
            if (REQUIRED.contains(here)) {
                parameter.setRequired(true);
            }
            if (parameter.getDescription() == null) {
                parameter.setDescription(WORDS.get(name));
            }
            Object example =
                    parameter.getExample() == null ? EXAMPLES.get(name) : parameter.getExample();
            if (example == null) {
                throw new IllegalStateException("document: parameter " + here + " has no example");
            }
            // What looks like a number was made one.
            parameter.setExample(
                    isInteger(known) ? Integer.valueOf(example.toString()) : example.toString());
        }
    }

    private static boolean isInteger(Schema<?> schema) {
        return schema.getTypes().contains("integer");
    }

    private static Schema<Object> of(String type) {
        Schema<Object> schema = new JsonSchema();
        schema.setTypes(Set.of(type));
        return schema;
    }

    private static Schema<?> words(String... words) {
        Schema<Object> schema = of("string");
        schema.setEnum(Arrays.<Object>asList((Object[]) words));
        return schema;
    }

    private static Schema<Object> text(int most) {
        Schema<Object> schema = of("string");
        schema.setMinLength(1);
        schema.setMaxLength(most);
        return schema;
    }

    private static Schema<?> number(int least, int most, int absent) {
        Schema<Object> schema = of("integer");
        schema.setMinimum(BigDecimal.valueOf(least));
        schema.setMaximum(BigDecimal.valueOf(most));
        schema.setDefault(absent);
        return schema;
    }
}
