package io.tapeline.query.mirror.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text of a client to what it asks for, with the exchange's words for what is wrong (A.3). */
final class ControlReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String COMBINED = "combined";

    private final String text;
    private @Nullable JsonNode method;
    private @Nullable JsonNode params;
    private @Nullable JsonNode id;
    private int endOfMethod;

    private ControlReader(String text) {
        this.text = text;
    }

    static ControlMessage read(String text) {
        return new ControlReader(text).read();
    }

    private ControlMessage read() {
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                if (in.currentToken() == null) {
                    return noJson(1, 1);
                }
                in.skipChildren();
                return in.nextToken() == null
                        ? wrong("invalid type, expected struct Request at line 1 column 0")
                        : noJson(in.currentTokenLocation());
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                field(name, in);
            }
            if (in.nextToken() != null) {
                return noJson(in.currentTokenLocation());
            }
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            return at == null ? noJson(1, 1) : noJson(at);
        }
        return understood();
    }

    private void field(String name, JsonParser in) {
        switch (name) {
            case "method" -> {
                method = in.readValueAsTree();
                // One beyond the closing quote, counted from 1.
                endOfMethod = in.currentLocation().getColumnNr() - 1;
            }
            case "params" -> params = in.readValueAsTree();
            case "id" -> id = in.readValueAsTree();
            default -> in.skipChildren();
        }
    }

    private ControlMessage understood() {
        if (!isId(id)) {
            return wrong("request ID must be an unsigned integer");
        }
        String echoed = id == null ? "null" : id.toString();
        if (method == null) {
            return wrong("missing field `method` at line 1 column " + text.length());
        }
        String named = method.isString() ? method.stringValue() : method.toString();
        return switch (named) {
            case "SUBSCRIBE" -> {
                List<String> streams = strings();
                yield streams == null ? noParams() : new ControlMessage.Subscribe(streams, echoed);
            }
            case "UNSUBSCRIBE" -> {
                List<String> streams = strings();
                yield streams == null
                        ? noParams()
                        : new ControlMessage.Unsubscribe(streams, echoed);
            }
            case "LIST_SUBSCRIPTIONS" ->
                    params == null || params.isEmpty()
                            ? new ControlMessage.ListSubscriptions(echoed)
                            : wrong("too many parameters");
            case "SET_PROPERTY" -> setProperty(echoed);
            case "GET_PROPERTY" -> getProperty(echoed);
            default ->
                    wrong(
                            "unknown variant `"
                                    + named
                                    + "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`,"
                                    + " `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at"
                                    + " line 1 column "
                                    + endOfMethod);
        };
    }

    private ControlMessage setProperty(String echoed) {
        ControlMessage problem = property(2, echoed);
        if (problem != null) {
            return problem;
        }
        JsonNode value = params == null ? null : params.get(1);
        return value != null && value.isBoolean()
                ? new ControlMessage.SetCombined(value.booleanValue(), echoed)
                : new ControlMessage.Wrong(
                        ControlMessage.error(1, "Invalid value type: expected Boolean"));
    }

    private ControlMessage getProperty(String echoed) {
        ControlMessage problem = property(1, echoed);
        return problem == null ? new ControlMessage.GetCombined(echoed) : problem;
    }

    /** Null where the one property that there is is named. */
    private @Nullable ControlMessage property(int most, String echoed) {
        if (params != null && params.size() > most) {
            return wrong("too many parameters");
        }
        JsonNode name = params == null ? null : params.get(0);
        if (name == null || !name.isString()) {
            return wrong("property name must be a string");
        }
        return name.stringValue().equals(COMBINED)
                ? null
                : new ControlMessage.Wrong(
                        "{\"code\":0,\"msg\":\"Unknown property\",\"id\":" + echoed + "}");
    }

    /** A 64-bit integer, an alphanumeric text of at most 36 characters, or null. */
    private static boolean isId(@Nullable JsonNode id) {
        if (id == null || id.isNull()) {
            return true;
        }
        return id.isString()
                ? id.stringValue().matches("[A-Za-z0-9_-]{1,36}")
                : id.isIntegralNumber() && id.canConvertToLong();
    }

    /** Null where there is no list of strings. */
    private @Nullable List<String> strings() {
        if (params == null || !params.isArray()) {
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

    private ControlMessage noParams() {
        return wrong("missing field `params` at line 1 column " + text.length());
    }

    private static ControlMessage wrong(String what) {
        return new ControlMessage.Wrong(ControlMessage.invalid(what));
    }

    private static ControlMessage noJson(TokenStreamLocation at) {
        return noJson(at.getLineNr(), at.getColumnNr());
    }

    private static ControlMessage noJson(int line, int column) {
        return new ControlMessage.Wrong(
                ControlMessage.error(
                        3, "Invalid JSON: expected value at line " + line + " column " + column));
    }
}
