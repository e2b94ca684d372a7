package io.tapeline.query.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client of the socket says, read from JSON. Strict: a member that is not known is refused,
 * for one that is misspelt and ignored would look as if it had been obeyed.
 *
 * @param id as it was given, a text or a whole number; null where none was
 * @param question null of commands that have none
 */
record LiveCommand(Op op, @Nullable JsonNode id, @Nullable LiveQuestion question) {

    private static final int MOST_ID = 64;
    private static final String[] OPS =
            Arrays.stream(Op.values()).map(Op::id).toArray(String[]::new);

    enum Op {
        SUBSCRIBE,
        UNSUBSCRIBE,
        LIST,
        PING;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean hasQuestion() {
            return this == SUBSCRIBE || this == UNSUBSCRIBE;
        }
    }

    /**
     * @throws ProblemException that says what is wrong with it and what is allowed
     */
    static LiveCommand read(JsonNode message) {
        JsonNode id = id(message);
        Op op =
                Op.values()[
                        Arrays.asList(OPS)
                                .indexOf(Parameters.word("op", text(message, "op"), OPS))];
        Set<String> known = new LinkedHashSet<>(List.of("op", "id"));
        if (op.hasQuestion()) {
            known.addAll(List.of("types", "instruments"));
        }
        for (String name : message.propertyNames()) {
            if (!known.contains(name)) {
                throw Parameters.invalid("message", name, "one of " + String.join(", ", known));
            }
        }
        LiveQuestion question = op.hasQuestion() ? question(message) : null;
        return new LiveCommand(op, id, question);
    }

    /** Null if it is not an object. */
    static @Nullable JsonNode parse(String message, JsonMapper json) {
        try {
            JsonNode node = json.readTree(message);
            return node != null && node.isObject() ? node : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** What the answer is marked with, also the one that says what is wrong. */
    static @Nullable JsonNode id(JsonNode message) {
        JsonNode id = message.get("id");
        if (id == null || id.isNull()) {
            return null;
        }
        if (id.isIntegralNumber() && id.canConvertToLong()
                || id.isString() && id.asString().length() <= MOST_ID) {
            return id;
        }
        throw ProblemException.invalid(
                "id",
                "is none",
                "a whole number of 64 bits, or a text of at most " + MOST_ID + " characters");
    }

    private static LiveQuestion question(JsonNode message) {
        Collection<String> types = texts(message, "types", LiveQuestion.MOST_TYPES);
        if (types.isEmpty()) {
            throw Parameters.missing("types", "a list of price, candle, book, depth");
        }
        return LiveQuestion.of(types, texts(message, "instruments", LiveQuestion.MOST_INSTRUMENTS));
    }

    private static @Nullable String text(JsonNode message, String name) {
        JsonNode value = message.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw ProblemException.invalid(name, "is not a text", "a text");
        }
        return value.asString();
    }

    /** Empty where it is absent. */
    private static Collection<String> texts(JsonNode message, String name, int most) {
        JsonNode value = message.get(name);
        if (value == null) {
            return List.of();
        }
        String allowed = "a list of 1 to " + most + " texts";
        if (!value.isArray() || value.isEmpty() || value.size() > most) {
            throw ProblemException.invalid(name, "is not " + allowed, allowed);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value) {
            if (!each.isString()) {
                throw ProblemException.invalid(name, "is not " + allowed, allowed);
            }
            texts.add(each.asString());
        }
        return texts;
    }
}
