package io.tapeline.clickhouse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engine says against a statement, with the number that ClickHouse gives it. */
final class EngineException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\. ");
    private static final int UNKNOWN = 1002;

    private final int code;

    EngineException(String message) {
        super(message.strip());
        Matcher found = CODE.matcher(message);
        code = found.find() ? Integer.parseInt(found.group(1)) : UNKNOWN;
    }

    int code() {
        return code;
    }

    /** The HTTP status that a server answers with. */
    int status() {
        return switch (code) {
            case 47, 60, 81 -> 404; // unknown identifier, table, database
            case 27, 36, 53, 62, 70, 117, 386, 456, 457 -> 400; // not parsed, wrong types
            case 192, 193, 194, 516 -> 403; // who is that
            default -> 500;
        };
    }
}
