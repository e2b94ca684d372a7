package io.tapeline.aggregator.query;

import java.util.function.Function;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** The parameters of a question. What is wrong with one is said in words that name it. */
final class QueryParameters {

    private final Fields fields;

    QueryParameters(Fields fields) {
        this.fields = fields;
    }

    /** A question that cannot be asked; the message is for the one who asked. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @param allowed what may stand there, for the one who got it wrong
     * @param reader throws {@link IllegalArgumentException} for what may not
     */
    <T> T required(String name, String allowed, Function<String, T> reader) throws Refused {
        @Nullable String text = fields.getValue(name);
        if (text == null) {
            throw new Refused(name + ": missing; allowed: " + allowed);
        }
        return read(name, text, allowed, reader);
    }

    static <T> T read(String name, String text, String allowed, Function<String, T> reader)
            throws Refused {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    name + ": \"" + shown(text) + "\" is not allowed; allowed: " + allowed);
        }
    }

    int number(String name, int otherwise, int most) throws Refused {
        @Nullable String text = fields.getValue(name);
        if (text == null) {
            return otherwise;
        }
        return read(
                name,
                text,
                "1 to " + most,
                number -> {
                    int value = Integer.parseInt(number);
                    if (value < 1 || value > most) {
                        throw new IllegalArgumentException(number);
                    }
                    return value;
                });
    }

    private static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
