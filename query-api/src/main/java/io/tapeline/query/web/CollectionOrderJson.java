package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tapeline.query.collect.CollectionOrder;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is to be collected, as a user says it.
 *
 * @param symbols null for all that trade
 */
@Schema(name = "CollectionOrder", description = "Which candles to fetch into the history.")
public record CollectionOrderJson(
        @Schema(example = "binance") String venue,
        @Schema(example = "1m", description = "As for candles.") String interval,
        @Schema(
                        example = "500",
                        description = "Newest candles of each pair, 1 to 1000; 500 where absent.",
                        nullable = true)
                @Nullable Integer limit,
        @Schema(
                        example = "[\"BTCUSDT\", \"ETHUSDT\"]",
                        description = "Absent: all that trade.",
                        nullable = true)
                @Nullable List<String> symbols) {

    private static final int USUAL = 500;
    private static final Set<String> FIELDS = Set.of("venue", "interval", "limit", "symbols");
    private static final String OBJECT =
            "a JSON object such as {\"venue\":\"binance\",\"interval\":\"1m\"}";

    /** Whatever is not allowed ends the request with a problem that names the field. */
    static CollectionOrderJson read(byte[] body, JsonMapper json) {
        JsonNode order;
        try {
            order = json.readTree(body);
        } catch (JacksonException e) {
            throw ProblemException.invalid("body", "it is not JSON", OBJECT);
        }
        if (order == null || !order.isObject()) {
            throw ProblemException.invalid("body", "it is no object", OBJECT);
        }
        for (String field : order.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw Parameters.invalid(
                        "body", field, "a field: there are venue, interval, limit, symbols");
            }
        }
        return new CollectionOrderJson(
                text(order, "venue"), text(order, "interval"), limit(order), symbols(order));
    }

    private static String text(JsonNode order, String field) {
        JsonNode value = order.get(field);
        if (value == null) {
            throw Parameters.missing(field, "a text");
        }
        if (!value.isString()) {
            throw ProblemException.invalid(field, "it is no text", "a text");
        }
        return value.asString();
    }

    private static @Nullable Integer limit(JsonNode order) {
        JsonNode value = order.get("limit");
        if (value == null) {
            return null;
        }
        return Parameters.number("limit", value.toString(), 1, CollectionOrder.MOST_CANDLES, USUAL);
    }

    private static @Nullable List<String> symbols(JsonNode order) {
        JsonNode value = order.get("symbols");
        if (value == null) {
            return null;
        }
        String allowed = "an array of 1 to " + CollectionOrder.MOST_SYMBOLS + " texts";
        if (!value.isArray() || value.isEmpty() || value.size() > CollectionOrder.MOST_SYMBOLS) {
            throw ProblemException.invalid("symbols", "it is not " + allowed, allowed);
        }
        Set<String> symbols = new LinkedHashSet<>();
        for (JsonNode each : value) {
            if (!each.isString()) {
                throw ProblemException.invalid("symbols", "not all are texts", allowed);
            }
            symbols.add(Parameters.symbol("symbols", each.asString()));
        }
        return new ArrayList<>(symbols);
    }

    Venue ofVenue() {
        Venue known = Parameters.venue("venue", venue);
        if (known != Venue.BINANCE) {
            throw Parameters.invalid("venue", venue, "binance, the one that has candles");
        }
        return known;
    }

    Interval ofInterval() {
        return Parameters.interval(interval);
    }

    int ofLimit() {
        return limit == null ? USUAL : limit;
    }
}
