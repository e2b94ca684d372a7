package io.tapeline.benchmarks.decoding;

import com.dslplatform.json.BoolConverter;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.NumberConverter;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** By the reader of dsl-json, among the fastest of JSON libraries for the JVM. */
final class DslJsonDecoder implements PayloadDecoder {

    private static final DslJson<Object> JSON = new DslJson<>();

    /** Reads the value of a field that the reader stands at; false if nobody wants it. */
    private interface FieldReader {
        boolean read(JsonReader<Object> in, String name, EventFields out)
                throws IOException, MalformedPayload;
    }

    private final JsonReader<Object> reader = JSON.newReader();

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
                                default -> {
                                    return false;
                                }
                            }
                            return true;
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
                                        object(in, candle, (k, n, f) -> candle(k, n, f, record));
                                default -> {
                                    return false;
                                }
                            }
                            return true;
                        })
                .candle(record, candle);
    }

    private static boolean candle(
            JsonReader<Object> in, String name, EventFields out, RawRecord record)
            throws IOException, MalformedPayload {
        switch (name) {
            case "s" -> expect(in, record.instrument().symbol());
            case "i" -> out.text = in.readString();
            case "t", "T", "n" -> out.put(name.charAt(0), integer(in));
            case "o", "c", "h", "l", "v", "q", "V", "Q" -> out.put(name.charAt(0), decimal(in));
            case "x" -> out.closed = BoolConverter.deserialize(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Ticker ticker(RawRecord record) throws MalformedPayload {
        return event(
                        record,
                        (in, name, out) -> {
                            switch (name) {
                                case "e" -> out.text = in.readString();
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
                                default -> {
                                    return false;
                                }
                            }
                            return true;
                        })
                .ticker(record);
    }

    private EventFields event(RawRecord record, FieldReader fieldReader) throws MalformedPayload {
        try {
            JsonReader<Object> in = reader.process(record.payload(), record.payload().length);
            in.getNextToken();
            EventFields fields = new EventFields();
            object(in, fields, fieldReader);
            return fields;
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedPayload("payload", e);
        }
    }

    private static void object(JsonReader<Object> in, EventFields fields, FieldReader fieldReader)
            throws IOException, MalformedPayload {
        byte next = in.last();
        if (next != '{') {
            throw new MalformedPayload("payload is not an object");
        }
        do {
            in.getNextToken();
            String name = in.readKey();
            fields.seen(name);
            next = fieldReader.read(in, name, fields) ? in.getNextToken() : in.skip();
        } while (next == ',');
        if (next != '}') {
            throw new MalformedPayload("payload goes on where its object should end");
        }
    }

    private static Levels levels(JsonReader<Object> in) throws IOException, MalformedPayload {
        List<Price> prices = new ArrayList<>();
        List<Quantity> quantities = new ArrayList<>();
        if (in.getNextToken() != ']') {
            do {
                if (in.last() == ',') {
                    in.getNextToken();
                }
                in.getNextToken();
                prices.add(new Price(decimal(in)));
                in.getNextToken();
                in.getNextToken();
                quantities.add(new Quantity(decimal(in)));
                in.getNextToken();
            } while (in.getNextToken() == ',');
        }
        return Levels.of(prices, quantities);
    }

    private static void expect(JsonReader<Object> in, String expected)
            throws IOException, MalformedPayload {
        if (!in.readString().equals(expected)) {
            throw new MalformedPayload("field is not " + expected);
        }
    }

    private static long integer(JsonReader<Object> in) throws IOException {
        return NumberConverter.deserializeLong(in);
    }

    private static Decimal decimal(JsonReader<Object> in) throws IOException {
        return Decimal.parse(in.readString());
    }
}
