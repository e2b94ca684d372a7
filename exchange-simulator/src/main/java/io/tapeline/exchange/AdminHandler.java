package io.tapeline.exchange;

import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.market.TimePrecision;
import io.tapeline.exchange.rest.RequestLog;
import io.tapeline.exchange.stream.StreamHub;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the simulator knows and the real exchange would not tell, under {@code /sim/}: {@code
 * ledger}, {@code book}, {@code requests}, {@code connections}, {@code status}. For tests that
 * cannot look into this process. Not weighed, not limited. The last to be asked for a path there.
 */
final class AdminHandler extends Handler.Abstract {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_ENTRIES = 100_000;
    private static final String PATHS =
            "/sim/status, ledger, book, requests, connections, faults, judge, breaches,"
                    + " coingecko/requests";

    private final Market market;
    private final Ledger ledger;
    private final RequestLog requests;
    private final StreamHub hub;
    private final Supplier<Progress> progress;

    AdminHandler(
            Market market,
            Ledger ledger,
            RequestLog requests,
            StreamHub hub,
            Supplier<Progress> progress) {
        this.market = market;
        this.ledger = ledger;
        this.requests = requests;
        this.hub = hub;
        this.progress = progress;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        Fields query = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
        switch (path) {
            case "/sim/ledger" -> {
                try {
                    ledger(query, response, callback);
                } catch (IllegalArgumentException e) {
                    error(
                            response,
                            callback,
                            HttpStatus.BAD_REQUEST_400,
                            String.valueOf(e.getMessage()));
                }
            }
            case "/sim/book" -> book(query, response, callback);
            case "/sim/requests" -> json(response, callback, requests.entries());
            case "/sim/connections" -> json(response, callback, hub.connections());
            case "/sim/status" -> json(response, callback, status());
            default -> {
                if (!path.equals("/sim") && !path.startsWith("/sim/")) {
                    return false;
                }
                error(response, callback, HttpStatus.NOT_FOUND_404, "there are " + PATHS);
            }
        }
        return true;
    }

    /**
     * With {@code connection}, a number or {@code all}: how many payloads of each stream were
     * written to it. Without it and {@code stream}: how many payloads each stream had. With it, and
     * optionally {@code from} and {@code limit}: one line an entry, {@code <sequence> <epoch ns>
     * <raw text>}.
     */
    private void ledger(Fields query, Response response, Callback callback) {
        String stream = query.getValue("stream");
        String connection = query.getValue("connection");
        if (connection != null) {
            json(
                    response,
                    callback,
                    connection.equals("all")
                            ? ledger.written()
                            : ledger.written(number(query, "connection", 0)));
            return;
        }
        if (stream == null) {
            json(response, callback, ledger.counts());
            return;
        }
        JsonWriter out = new JsonWriter(TimePrecision.MILLISECOND);
        for (Ledger.Entry entry :
                ledger.entries(
                        stream,
                        number(query, "from", 0),
                        (int) Math.min(number(query, "limit", MOST_ENTRIES), MOST_ENTRIES))) {
            out.number(entry.sequence()).character(' ').number(entry.epochNanos()).character(' ');
            out.rawBytes(entry.payload()).character('\n');
        }
        send(response, callback, HttpStatus.OK_200, "text/plain;charset=UTF-8", out.toBytes());
    }

    private static long number(Fields query, String name, long whenAbsent) {
        String value = query.getValue(name);
        if (value == null) {
            return whenAbsent;
        }
        if (!value.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(name + " must be a whole number, was " + value);
        }
        return Long.parseLong(value);
    }

    /** The whole book in the shape of the REST answer. */
    private void book(Fields query, Response response, Callback callback) {
        String symbol = query.getValue("symbol");
        PairStreams pair = symbol == null ? null : market.pair(symbol);
        if (pair == null) {
            error(
                    response,
                    callback,
                    HttpStatus.NOT_FOUND_404,
                    symbol == null ? "symbol must be given" : "no listed pair is named " + symbol);
            return;
        }
        byte[] book =
                market.at(() -> {
                    JsonWriter out = new JsonWriter(TimePrecision.MILLISECOND);
                    pair.pair().book().writeSnapshot(out, pair.pair().spec(), Integer.MAX_VALUE);
                    return out.toBytes();
                });
        send(response, callback, HttpStatus.OK_200, "application/json;charset=UTF-8", book);
    }

    private Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        Progress now = progress.get();
        status.put("state", now.state().name());
        status.put("events", now.events());
        status.put("totalEvents", now.totalEvents());
        status.put("marketTimeMicros", market.at(market::nowMicros));
        status.put("pairs", market.pairs().size());
        status.put("connections", hub.connections().size());
        status.put("framesSent", hub.framesSent());
        status.put("requests", requests.total());
        return status;
    }

    private static void error(Response response, Callback callback, int status, String message) {
        send(
                response,
                callback,
                status,
                "application/json;charset=UTF-8",
                JSON.writeValueAsBytes(Map.of("error", message)));
    }

    private static void json(Response response, Callback callback, Object value) {
        send(
                response,
                callback,
                HttpStatus.OK_200,
                "application/json;charset=UTF-8",
                JSON.writeValueAsBytes(value));
    }

    private static void send(
            Response response, Callback callback, int status, String type, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
