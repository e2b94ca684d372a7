package io.tapeline.capture.tape;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * The text of a line, {@code <receive ns> <envelope>}: the envelope is that of Binance's combined
 * streams, {@code {"stream":"btcusdt@depth@100ms","data":...}}, with the payload's own bytes. Where
 * the record differs from what the envelope alone would mean, fields stand between the two:
 *
 * <ul>
 *   <li>{@code topic}, where the stream does not tell it;
 *   <li>{@code key}, where it is not {@code binance:} and the stream's symbol in upper case;
 *   <li>{@code line}, where it is not {@code a};
 *   <li>{@code unit}, where it is not {@code ms}.
 * </ul>
 *
 * A payload that is no JSON value of one line stands as {@code data64}, in Base64. So every raw
 * record comes back as it was, and a recording of the exchange's own envelopes is a tape as well.
 */
public final class LineFormat {

    private static final String USUAL_LINE = "a";
    private static final ExchangeTimeUnit USUAL_UNIT = ExchangeTimeUnit.MILLISECONDS;
    private static final JsonFactory JSON = new JsonFactory();

    private LineFormat() {}

    /** The line without its end. */
    public static byte[] write(TapeLine line) {
        RawRecord record = line.record();
        StringBuilder head = new StringBuilder(128);
        head.append(record.received().value()).append(" {\"stream\":");
        quote(head, record.stream());
        if (RawTopic.usualFor(record.stream()) != line.topic()) {
            head.append(",\"topic\":\"").append(line.topic().id()).append('"');
        }
        String key = record.instrument().id();
        if (!key.equals(usualKey(record.stream()))) {
            head.append(",\"key\":");
            quote(head, key);
        }
        if (!record.line().equals(USUAL_LINE)) {
            head.append(",\"line\":");
            quote(head, record.line());
        }
        if (record.unit() != USUAL_UNIT) {
            head.append(",\"unit\":\"").append(record.unit().id()).append('"');
        }
        boolean verbatim = isJsonOfOneLine(record.payload());
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(head.length() + record.payload().length + 16);
        head.append(verbatim ? ",\"data\":" : ",\"data64\":\"");
        out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        if (verbatim) {
            out.writeBytes(record.payload());
        } else {
            out.writeBytes(Base64.getEncoder().encode(record.payload()));
            out.write('"');
        }
        out.write('}');
        return out.toByteArray();
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /** The key of a stream of Binance's; null where the stream names no symbol. */
    private static @Nullable String usualKey(String stream) {
        int at = stream.indexOf('@');
        return at <= 0 || stream.startsWith("!") || stream.startsWith("rest/")
                ? null
                : "binance:" + stream.substring(0, at).toUpperCase(Locale.ROOT);
    }

    private static boolean isJsonOfOneLine(byte[] payload) {
        for (byte b : payload) {
            if (b == '\n') {
                return false;
            }
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
            if (parser.nextToken() == null) {
                return false;
            }
            // Bytes around the value would not come back.
            boolean begins = parser.currentTokenLocation().getByteOffset() == 0;
            parser.skipChildren();
            parser.finishToken();
            boolean ends = parser.currentLocation().getByteOffset() == payload.length;
            return begins && ends && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /**
     * Understands a line.
     *
     * @throws MalformedLine saying what is wrong with it
     */
    public static TapeLine parse(byte[] line) throws MalformedLine {
        int blank = 0;
        long nanos = 0;
        while (blank < line.length && blank < 19 && line[blank] >= '0' && line[blank] <= '9') {
            nanos = nanos * 10 + (line[blank++] - '0');
        }
        if (blank == 0 || nanos < 0 || blank >= line.length || line[blank] != ' ') {
            throw new MalformedLine("does not begin with a receive time in nanoseconds");
        }
        byte[] envelope = Arrays.copyOfRange(line, blank + 1, line.length);
        try {
            return record(Fields.of(envelope), nanos);
        } catch (JacksonException e) {
            throw new MalformedLine("the envelope is no JSON");
        } catch (IllegalArgumentException e) {
            throw new MalformedLine(String.valueOf(e.getMessage()));
        }
    }

    private static TapeLine record(Fields fields, long nanos) throws MalformedLine {
        String stream = fields.stream;
        byte[] data = fields.data;
        if (stream == null || data == null) {
            throw new MalformedLine("the envelope has no stream or no data");
        }
        RawTopic topic =
                fields.topic == null ? RawTopic.usualFor(stream) : RawTopic.of(fields.topic);
        if (topic == null) {
            throw new MalformedLine("no raw topic is for stream " + stream);
        }
        String key = fields.key == null ? usualKey(stream) : fields.key;
        if (key == null) {
            throw new MalformedLine("no key is given, and stream " + stream + " tells none");
        }
        return new TapeLine(
                topic,
                new RawRecord(
                        Instrument.parse(key),
                        data,
                        stream,
                        fields.line == null ? USUAL_LINE : fields.line,
                        new EpochNanos(nanos),
                        fields.unit == null ? USUAL_UNIT : ExchangeTimeUnit.of(fields.unit)));
    }

    /** What stands in an envelope. */
    private static final class Fields {
        private @Nullable String stream;
        private @Nullable String topic;
        private @Nullable String key;
        private @Nullable String line;
        private @Nullable String unit;
        private byte @Nullable [] data;

        static Fields of(byte[] envelope) throws MalformedLine {
            Fields fields = new Fields();
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), envelope)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new MalformedLine("the envelope is no JSON object");
                }
                if (parser.currentTokenLocation().getByteOffset() < 0) {
                    // Jackson knows UTF-16 and UTF-32 too, but then not where it is.
                    throw new MalformedLine("the envelope is not UTF-8");
                }
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    fields.take(parser, envelope);
                }
                if (parser.nextToken() != null) {
                    throw new MalformedLine("something follows the envelope");
                }
            }
            return fields;
        }

        private void take(JsonParser parser, byte[] envelope) throws MalformedLine {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "stream" -> stream = text(name, parser);
                case "topic" -> topic = text(name, parser);
                case "key" -> key = text(name, parser);
                case "line" -> line = text(name, parser);
                case "unit" -> unit = text(name, parser);
                case "data64" -> data = Base64.getDecoder().decode(text(name, parser));
                case "data" -> {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    int to = (int) parser.currentLocation().getByteOffset();
                    data = Arrays.copyOfRange(envelope, from, to);
                }
                default -> parser.skipChildren();
            }
        }

        private static String text(String name, JsonParser parser) throws MalformedLine {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new MalformedLine("the envelope's " + name + " is no text");
            }
            return parser.getString();
        }
    }
}
