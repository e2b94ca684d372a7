package io.tapeline.schemas.binance;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * The symbols of {@code GET /api/v3/exchangeInfo} (EXCHANGES.md A.6). Read once in a while, a few
 * megabytes: by Jackson's streaming parser, not by our own scanner.
 */
public final class ExchangeInfoDecoder {

    private static final JsonFactory JSON = new JsonFactory();

    private ExchangeInfoDecoder() {}

    /**
     * Every symbol of an answer.
     *
     * @param now goes to {@code first_seen_us} and {@code updated_us}; who keeps the registry puts
     *     the first time back
     * @return in the order of the answer, {@code streamed} false; a status not known by name counts
     *     as halted (A.6: unknown values must not crash), its name is kept
     */
    public static List<InstrumentInfo> decode(byte[] body, EpochMicros now)
            throws MalformedPayload {
        try (JsonParser in =
                JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), body)) {
            return symbols(in, body, now);
        } catch (JacksonException e) {
            throw new MalformedPayload("exchangeInfo: " + e.getOriginalMessage(), e);
        }
    }

    private static List<InstrumentInfo> symbols(JsonParser in, byte[] body, EpochMicros now)
            throws MalformedPayload {
        require(in.nextToken(), JsonToken.START_OBJECT, "payload");
        if (in.currentTokenLocation().getByteOffset() < 0) {
            // The parser knows UTF-16 and UTF-32 too, but then not where in the bytes it is.
            throw malformed("payload is not UTF-8");
        }
        List<InstrumentInfo> found = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken value = in.nextToken();
            if (name.equals("symbols")) {
                require(value, JsonToken.START_ARRAY, name);
                found = new ArrayList<>();
                Set<String> seen = new HashSet<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    InstrumentInfo symbol = symbol(in, body, now);
                    if (!seen.add(symbol.getInstrument())) {
                        throw malformed("symbol " + symbol.getInstrument() + " is there twice");
                    }
                    found.add(symbol);
                }
            } else {
                in.skipChildren();
            }
        }
        require(in.currentToken(), JsonToken.END_OBJECT, "payload");
        if (in.nextToken() != null) {
            throw malformed("payload goes on after its end");
        }
        if (found == null) {
            throw malformed("field symbols is missing");
        }
        return List.copyOf(found);
    }

    private static InstrumentInfo symbol(JsonParser in, byte[] body, EpochMicros now)
            throws MalformedPayload {
        require(in.currentToken(), JsonToken.START_OBJECT, "symbols");
        InstrumentRules rules = new InstrumentRules(body);
        InstrumentInfo.Builder out =
                InstrumentInfo.newBuilder().setFirstSeenUs(now.value()).setUpdatedUs(now.value());
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            rules.name(in);
            in.nextToken();
            switch (name) {
                case "symbol" -> out.setInstrument(instrument(text(in, name)));
                case "status" -> out.setVenueStatus(text(in, name));
                case "baseAsset" -> out.setBaseAsset(text(in, name));
                case "quoteAsset" -> out.setQuoteAsset(text(in, name));
                case "filters" -> filters(in, out);
                case "permissionSets" -> permissionSets(in, rules);
                default -> in.skipChildren();
            }
            rules.value(in, name);
        }
        out.setVenueRules(rules.text());
        String missing =
                out.getInstrument().isEmpty()
                        ? "symbol"
                        : out.getVenueStatus().isEmpty()
                                ? "status"
                                : out.getBaseAsset().isEmpty()
                                        ? "baseAsset"
                                        : out.getQuoteAsset().isEmpty() ? "quoteAsset" : "";
        if (!missing.isEmpty()) {
            throw malformed("field " + missing + " of a symbol is missing or empty");
        }
        return out.setStatus(status(out.getVenueStatus())).build();
    }

    private static String instrument(String symbol) throws MalformedPayload {
        try {
            return Instrument.binance(symbol).id();
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("exchangeInfo: " + e.getMessage(), e);
        }
    }

    private static InstrumentStatus status(String venueStatus) {
        return venueStatus.equals("TRADING")
                ? InstrumentStatus.INSTRUMENT_STATUS_TRADING
                : InstrumentStatus.INSTRUMENT_STATUS_HALTED;
    }

    private static void filters(JsonParser in, InstrumentInfo.Builder out) throws MalformedPayload {
        require(in.currentToken(), JsonToken.START_ARRAY, "filters");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in.currentToken(), JsonToken.START_OBJECT, "filters");
            String type = "";
            String tickSize = "";
            String stepSize = "";
            String minNotional = "";
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                switch (name) {
                    case "filterType" -> type = text(in, name);
                    case "tickSize" -> tickSize = decimal(in, name);
                    case "stepSize" -> stepSize = decimal(in, name);
                    case "minNotional" -> minNotional = decimal(in, name);
                    default -> in.skipChildren();
                }
            }
            switch (type) {
                case "PRICE_FILTER" -> out.setTickSize(tickSize);
                case "LOT_SIZE" -> out.setStepSize(stepSize);
                // A symbol has the one or the other, of old or of new.
                case "MIN_NOTIONAL", "NOTIONAL" -> out.setMinNotional(minNotional);
                default -> {
                    // Other filters bound orders, which are not ours.
                }
            }
        }
    }

    /** Sets of names, alternatives of one another. */
    private static void permissionSets(JsonParser in, InstrumentRules rules)
            throws MalformedPayload {
        require(in.currentToken(), JsonToken.START_ARRAY, "permissionSets");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in.currentToken(), JsonToken.START_ARRAY, "permissionSets");
            List<String> permissions = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                permissions.add(text(in, "permissionSets"));
            }
            rules.permissionSet(permissions);
        }
    }

    private static String decimal(JsonParser in, String name) throws MalformedPayload {
        String text = text(in, name);
        try {
            Decimal.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("exchangeInfo: field " + name + " is not a decimal", e);
        }
    }

    private static String text(JsonParser in, String name) throws MalformedPayload {
        require(in.currentToken(), JsonToken.VALUE_STRING, name);
        return in.getString();
    }

    private static void require(JsonToken token, JsonToken expected, String name)
            throws MalformedPayload {
        if (token != expected) {
            throw malformed("field " + name + " is " + token + ", not " + expected);
        }
    }

    private static MalformedPayload malformed(String what) {
        return new MalformedPayload("exchangeInfo: " + what);
    }
}
