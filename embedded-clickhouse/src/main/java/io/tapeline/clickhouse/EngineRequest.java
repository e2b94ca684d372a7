package io.tapeline.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it comes by HTTP: the text in the parameter {@code query}, in the body, or both;
 * its parameters as {@code param_*}; every other parameter a setting.
 *
 * @param database empty: the engine's default
 * @param format of the answer, where the statement names none
 * @param settings by name
 * @param parameters of the statement, by name
 * @param statement without the rows of an insert
 * @param rows of an insert, null for anything else
 */
record EngineRequest(
        String database,
        String format,
        Map<String, String> settings,
        Map<String, String> parameters,
        Statement statement,
        @Nullable InputStream rows) {

    /** What is to be done. */
    sealed interface Statement {
        record Ask(byte[] sql) implements Statement {}

        record Insert(String into, String format) implements Statement {}
    }

    /** Long enough for the statement before the rows of an insert. */
    private static final int STATEMENT_BYTES = 64 << 10;

    private static final Set<String> NO_SETTINGS =
            Set.of(
                    "query",
                    "database",
                    "default_format",
                    "query_id",
                    "compress",
                    "decompress",
                    "enable_http_compression",
                    "user",
                    "password",
                    "role",
                    "quota_key",
                    "wait_end_of_query",
                    "client_protocol_version",
                    // Says of an insert in blocks what a server would remember in its own tables.
                    "buffer_size");

    private static final Pattern INSERT =
            Pattern.compile(
                    "\\A\\s*(INSERT\\s+INTO\\s+(?:(?!\\bVALUES\\b|\\bSELECT\\b|\\bFORMAT\\b).)*?)"
                            + "\\bFORMAT\\s+(\\w+)[ \\t]*;?[ \\t]*(?:\\r?\\n|\\z)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static EngineRequest of(HttpExchange http) throws IOException {
        Map<String, String> query = parameters(http.getRequestURI().getRawQuery());
        if ("1".equals(query.get("compress")) || "1".equals(query.get("decompress"))) {
            throw new IOException("engine: ask without compression");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> {
            if (name.startsWith("param_")) {
                parameters.put(name.substring("param_".length()), value);
            } else if (!NO_SETTINGS.contains(name)) {
                settings.put(name, value);
            }
        });
        String format = http.getRequestHeaders().getFirst("X-ClickHouse-Format");
        String database = http.getRequestHeaders().getFirst("X-ClickHouse-Database");
        InputStream body = http.getRequestBody();
        String sql = query.get("query");
        byte[] head = body.readNBytes(STATEMENT_BYTES);
        // As ISO 8859-1 a character is a byte, so that what follows the statement can be found.
        String begin = sql == null ? new String(head, ISO_8859_1) : sql;
        Matcher insert = INSERT.matcher(begin);
        Statement statement;
        InputStream rows = null;
        if (insert.find()) {
            String into = insert.group(1);
            statement =
                    new Statement.Insert(
                            sql == null ? new String(into.getBytes(ISO_8859_1), UTF_8) : into,
                            insert.group(2));
            int from = sql == null ? insert.end() : 0;
            rows =
                    new SequenceInputStream(
                            new ByteArrayInputStream(head, from, head.length - from), body);
        } else {
            byte[] rest = body.readAllBytes();
            byte[] first = sql == null ? new byte[0] : (sql + "\n").getBytes(UTF_8);
            byte[] whole = new byte[first.length + head.length + rest.length];
            System.arraycopy(first, 0, whole, 0, first.length);
            System.arraycopy(head, 0, whole, first.length, head.length);
            System.arraycopy(rest, 0, whole, first.length + head.length, rest.length);
            statement = new Statement.Ask(whole);
        }
        return new EngineRequest(
                query.getOrDefault("database", database == null ? "" : database),
                format == null ? query.getOrDefault("default_format", "TabSeparated") : format,
                settings,
                parameters,
                statement,
                rows);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String each : query.split("&")) {
                int equals = each.indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            URLDecoder.decode(each.substring(0, equals), UTF_8),
                            URLDecoder.decode(each.substring(equals + 1), UTF_8));
                }
            }
        }
        return parameters;
    }
}
