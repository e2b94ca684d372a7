package io.tapeline.exchange;

import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.exchange.fault.Faults;
import io.tapeline.exchange.judge.Judge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /sim/faults}: POST lines of a script, GET what came of them, DELETE what goes on; and
 * {@code /sim/judge}.
 */
final class FaultHandler extends Handler.Abstract {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_BYTES = 1 << 20;

    private final Faults faults;
    private final Judge judge;

    FaultHandler(Faults faults, Judge judge) {
        this.faults = faults;
        this.judge = judge;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        switch (Request.getPathInContext(request)) {
            case "/sim/judge" -> json(response, callback, HttpStatus.OK_200, judge.verdict());
            case "/sim/faults" -> faults(request, response, callback);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void faults(Request request, Response response, Callback callback) throws Exception {
        switch (request.getMethod()) {
            case "GET" -> json(response, callback, HttpStatus.OK_200, faults.history());
            case "DELETE" -> {
                faults.clear();
                json(response, callback, HttpStatus.OK_200, faults.history());
            }
            case "POST" -> accept(request, response, callback);
            default ->
                    json(
                            response,
                            callback,
                            HttpStatus.METHOD_NOT_ALLOWED_405,
                            Map.of("error", "allowed: GET, POST, DELETE"));
        }
    }

    /** The answer: the lines as they were understood; 400 where one is wrong, and none is done. */
    private void accept(Request request, Response response, Callback callback) throws Exception {
        byte[] body = Content.Source.asInputStream(request).readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            json(
                    response,
                    callback,
                    HttpStatus.PAYLOAD_TOO_LARGE_413,
                    Map.of("error", "a script has at most " + MOST_BYTES + " bytes"));
            return;
        }
        try {
            FaultScript script = FaultScript.parse(new String(body, StandardCharsets.UTF_8));
            if (script.lines().isEmpty()) {
                throw new IllegalArgumentException(
                        "no fault is in the body (curl keeps line ends with --data-binary)");
            }
            faults.run(script);
            List<String> accepted =
                    script.lines().stream()
                            .map(line -> line.offset().toMillis() + "ms " + line.fault().line())
                            .toList();
            json(response, callback, HttpStatus.OK_200, Map.of("accepted", accepted));
        } catch (IllegalArgumentException | IllegalStateException e) {
            json(
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private static void json(Response response, Callback callback, int status, Object value) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=UTF-8");
        response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(value)), callback);
    }
}
