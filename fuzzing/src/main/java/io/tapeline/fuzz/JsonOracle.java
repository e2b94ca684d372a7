package io.tapeline.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** What another reader of JSON says of a text: Jackson, without its bounds. */
public final class JsonOracle {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private JsonOracle() {}

    /** Text of UTF-8; of other encodings, and of a byte order mark, nobody here knows. */
    public static boolean isUtf8(byte[] text) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text))
                            .toString()
                            .indexOf(0xFEFF)
                    != 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    public static JsonParser parser(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    /** How deep the one value is nested that the text is, a scalar 0; empty if it is none. */
    public static OptionalInt depth(String text) {
        int deepest = 0;
        int depth = 0;
        try (JsonParser in = parser(text)) {
            JsonToken token = in.nextToken();
            if (token == null) {
                return OptionalInt.empty();
            }
            do {
                if (token.isStructStart()) {
                    deepest = Math.max(deepest, ++depth);
                } else if (token.isStructEnd()) {
                    depth--;
                } else {
                    in.finishToken();
                }
                token = in.nextToken();
            } while (depth > 0);
            return token == null ? OptionalInt.of(deepest) : OptionalInt.empty();
        } catch (JacksonException e) {
            return OptionalInt.empty();
        }
    }
}
