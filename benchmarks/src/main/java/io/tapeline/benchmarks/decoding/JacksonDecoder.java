package io.tapeline.benchmarks.decoding;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** By Jackson's streaming parser: the plain way, and the reference that ours must agree with. */
final class JacksonDecoder implements PayloadDecoder {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads the value of a field that the parser stands at. */
    private interface FieldReader {
        void read(JsonParser in, String name, EventFields out) throws MalformedPayload;
    }

    @Override
    public DepthUpdate depthUpdate(RawRecord record) throws MalformedPayload {
        return event(
                        record,
                        (in, name, out) -> {
                            switch (name) {
                                case "e" -> expect(in, "depthUpdate");
                                case "s" -> expect(in, record.instrument().symbol());
                                case "E", "U", "u" -> out.put(name.charAt(0), integer(in));
                                case "b" -> out.bids = levels(in);
                                case "a" -> out.asks = levels(in);
                                default -> in.skipChildren();
                            }
                        })
                .depthUpdate(record);
    }

    @Override
    public Candle kline(RawRecord record) throws MalformedPayload {
        EventFields candle = new EventFields();
        return event(
                        record,
                        (in, name, out) -> {
                            switch (name) {
                                case "e" -> expect(in, "kline");
                                case "s" -> expect(in, record.instrument().symbol());
                                case "E" -> out.put('E', integer(in));
                                case "k" ->
                                        object(
                                                in,
                                                candle,
                                                false,
                                                (k, n, fields) -> candle(k, n, fields, record));
                                default -> in.skipChildren();
                            }
                        })
                .candle(record, candle);
    }

    private static void candle(JsonParser in, String name, EventFields out, RawRecord record)
            throws MalformedPayload {
        switch (name) {
            case "s" -> expect(in, record.instrument().symbol());
            case "i" -> out.text = text(in);
            case "t", "T", "n" -> out.put(name.charAt(0), integer(in));
            case "o", "c", "h", "l", "v", "q", "V", "Q" -> out.put(name.charAt(0), decimal(in));
            case "x" -> {
                if (in.currentToken() != JsonToken.VALUE_TRUE) {
                    require(in.currentToken(), JsonToken.VALUE_FALSE);
                }
                out.closed = in.currentToken() == JsonToken.VALUE_TRUE;
            }
            default -> in.skipChildren();
        }
    }

    @Override
    public Ticker ticker(RawRecord record) throws MalformedPayload {
        return event(
                        record,
                        (in, name, out) -> {
                            switch (name) {
                                case "e" -> out.text = type(in);
                                case "s" -> expect(in, record.instrument().symbol());
                                case "E", "O", "C", "F", "L", "n" ->
                                        out.put(name.charAt(0), integer(in));
                                case "c",
                                        "o",
                                        "h",
                                        "l",
                                        "v",
                                        "q",
                                        "p",
                                        "P",
                                        "w",
                                        "x",
                                        "Q",
                                        "b",
                                        "B",
                                        "a",
                                        "A" ->
                                        out.put(name.charAt(0), decimal(in));
                                default -> in.skipChildren();
                            }
                        })
                .ticker(record);
    }

    private static String type(JsonParser in) throws MalformedPayload {
        String type = text(in);
        if (!type.equals("24hrTicker") && !type.equals("24hrMiniTicker")) {
            throw new MalformedPayload("field e is " + type);
        }
        return type;
    }

    private static EventFields event(RawRecord record, FieldReader reader) throws MalformedPayload {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), record.payload())) {
            in.nextToken();
            EventFields fields = new EventFields();
            object(in, fields, true, reader);
            if (in.nextToken() != null) {
                throw new MalformedPayload("payload goes on after its end");
            }
            return fields;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new MalformedPayload("payload", e);
        }
    }

    private static void object(JsonParser in, EventFields fields, boolean event, FieldReader reader)
            throws MalformedPayload {
        require(in.currentToken(), JsonToken.START_OBJECT);
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (event || name.length() == 1) {
                fields.seen(name);
            }
            in.nextToken();
            reader.read(in, name, fields);
        }
        require(in.currentToken(), JsonToken.END_OBJECT);
    }

    private static Levels levels(JsonParser in) throws MalformedPayload {
        require(in.currentToken(), JsonToken.START_ARRAY);
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in.currentToken(), JsonToken.START_ARRAY);
            in.nextToken();
            prices.add(new Price(decimal(in)));
            in.nextToken();
            quantities.add(new Quantity(decimal(in)));
            while (in.nextToken() != JsonToken.END_ARRAY) {
                in.skipChildren();
            }
        }
        return Levels.of(prices, quantities);
    }

    private static void expect(JsonParser in, String expected) throws MalformedPayload {
        if (!text(in).equals(expected)) {
            throw new MalformedPayload("field is not " + expected);
        }
    }

    private static String text(JsonParser in) throws MalformedPayload {
        require(in.currentToken(), JsonToken.VALUE_STRING);
        return in.getString();
    }

    private static long integer(JsonParser in) throws MalformedPayload {
        require(in.currentToken(), JsonToken.VALUE_NUMBER_INT);
        return in.getLongValue();
    }

    private static Decimal decimal(JsonParser in) throws MalformedPayload {
        return Decimal.parse(text(in));
    }

    private static void require(@Nullable JsonToken token, JsonToken expected)
            throws MalformedPayload {
        if (token != expected) {
            throw new MalformedPayload("field is " + token + ", not " + expected);
        }
    }
}
