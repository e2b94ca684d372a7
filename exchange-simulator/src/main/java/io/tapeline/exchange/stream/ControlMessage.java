package io.tapeline.exchange.stream;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text that a client sent over its socket, understood, or the exchange's words for why it is not
 * (EXCHANGES A.3).
 */
sealed interface ControlMessage {

    /**
     * @param id as JSON, to be echoed
     */
    record Subscribe(List<String> streams, String id) implements ControlMessage {}

    record Unsubscribe(List<String> streams, String id) implements ControlMessage {}

    record ListSubscriptions(String id) implements ControlMessage {}

    record SetCombined(boolean combined, String id) implements ControlMessage {}

    record GetCombined(String id) implements ControlMessage {}

    /**
     * @param answer what the exchange says
     */
    record Refused(String answer) implements ControlMessage {}

    JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    static ControlMessage parse(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            int line = at == null ? 1 : at.getLineNr();
            int column = at == null ? 1 : at.getColumnNr();
            return new Refused(
                    "{\"code\":3,\"msg\":\"Invalid JSON: expected value at line "
                            + line
                            + " column "
                            + column
                            + "\"}");
        }
        if (message.isMissingNode()) {
            return new Refused(
                    "{\"code\":3,\"msg\":\"Invalid JSON: expected value at line 1 column 1\"}");
        }
        String end = " at line 1 column " + text.length();
        if (!message.isObject()) {
            return invalid("invalid type" + end);
        }
        JsonNode idNode = message.path("id");
        if (!validId(idNode)) {
            return invalid("request ID must be an unsigned integer");
        }
        String id = idNode.isMissingNode() ? "null" : idNode.toString();
        JsonNode method = message.path("method");
        if (method.isMissingNode()) {
            return invalid("missing field `method`" + end);
        }
        JsonNode params = message.path("params");
        return switch (method.isString() ? method.stringValue() : method.toString()) {
            case "SUBSCRIBE" -> {
                List<String> streams = strings(params);
                yield streams == null
                        ? invalid("missing field `params`" + end)
                        : new Subscribe(streams, id);
            }
            case "UNSUBSCRIBE" -> {
                List<String> streams = strings(params);
                yield streams == null
                        ? invalid("missing field `params`" + end)
                        : new Unsubscribe(streams, id);
            }
            case "LIST_SUBSCRIPTIONS" ->
                    params.isMissingNode() || params.isEmpty()
                            ? new ListSubscriptions(id)
                            : invalid("too many parameters");
            case "SET_PROPERTY" -> setProperty(params, id);
            case "GET_PROPERTY" -> getProperty(params, id);
            default ->
                    invalid(
                            "unknown variant `"
                                    + escaped(
                                            method.isString()
                                                    ? method.stringValue()
                                                    : method.toString())
                                    + "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`,"
                                    + " `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at"
                                    + " line 1 column "
                                    + endOfMethod(text));
        };
    }

    private static ControlMessage setProperty(JsonNode params, String id) {
        if (params.size() > 2) {
            return invalid("too many parameters");
        }
        if (!params.path(0).isString()) {
            return invalid("property name must be a string");
        }
        if (!params.path(0).stringValue().equals("combined")) {
            return unknownProperty(id);
        }
        return params.path(1).isBoolean()
                ? new SetCombined(params.path(1).booleanValue(), id)
                : new Refused("{\"code\":1,\"msg\":\"Invalid value type: expected Boolean\"}");
    }

    private static ControlMessage getProperty(JsonNode params, String id) {
        if (params.size() > 1) {
            return invalid("too many parameters");
        }
        if (!params.path(0).isString()) {
            return invalid("property name must be a string");
        }
        return params.path(0).stringValue().equals("combined")
                ? new GetCombined(id)
                : unknownProperty(id);
    }

    private static ControlMessage unknownProperty(String id) {
        return new Refused("{\"code\":0,\"msg\":\"Unknown property\",\"id\":" + id + "}");
    }

    static Refused invalid(String what) {
        return new Refused("{\"code\":2,\"msg\":\"Invalid request: " + what + "\"}");
    }

    /** A malformed stream name is answered in the wrapped shape that users report. */
    static Refused invalidStream(String id) {
        return new Refused(
                "{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"},\"id\":"
                        + id
                        + "}");
    }

    /** A 64-bit integer, an alphanumeric text of at most 36 characters, or null. */
    private static boolean validId(JsonNode id) {
        if (id.isMissingNode() || id.isNull()) {
            return true;
        }
        if (id.isString()) {
            return id.stringValue().matches("[A-Za-z0-9_-]{1,36}");
        }
        return id.isIntegralNumber() && id.canConvertToLong();
    }

    @SuppressWarnings("NullAway") // null says that there is no list of strings
    private static List<String> strings(JsonNode params) {
        if (!params.isArray()) {
            return null;
        }
        List<String> strings = new ArrayList<>();
        for (JsonNode param : params) {
            if (!param.isString()) {
                return null;
            }
            strings.add(param.stringValue());
        }
        return strings;
    }

    private static String escaped(String text) {
        String quoted = JSON.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Where the text of the method ends, counted from 1. */
    private static int endOfMethod(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if ("method".equals(name)) {
                    parser.getString();
                    return parser.currentLocation().getColumnNr() - 1;
                }
                if (value != null && value.isStructStart()) {
                    parser.skipChildren();
                }
            }
        }
        return text.length();
    }
}
