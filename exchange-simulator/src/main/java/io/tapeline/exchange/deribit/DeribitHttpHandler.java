package io.tapeline.exchange.deribit;

import io.tapeline.exchange.deribit.RpcOutcome.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /api/v2/public/...}: the methods that need no socket. */
final class DeribitHttpHandler extends Handler.Abstract {

    private static final String PREFIX = "/api/v2/";

    private final DeribitServer server;

    DeribitHttpHandler(DeribitServer server) {
        this.server = server;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (!path.startsWith(PREFIX) || !request.getMethod().equals("GET")) {
            return false;
        }
        Instant in = server.now();
        RpcOutcome outcome =
                outcome(
                        path.substring(PREFIX.length()),
                        Request.extractQueryParameters(request, StandardCharsets.UTF_8),
                        DeribitServer.host(
                                request.getConnectionMetaData().getRemoteSocketAddress()),
                        in);
        response.setStatus(status(outcome));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        String answer =
                outcome.answer(null, DeribitServer.micros(in), DeribitServer.micros(server.now()));
        response.write(true, ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private RpcOutcome outcome(String method, Fields query, String remote, Instant in) {
        if (!server.rules().mayCall(remote, method)) {
            return Failure.of(RpcError.TOO_MANY_REQUESTS);
        }
        if (server.faults().isInMaintenance()) {
            return Failure.of(RpcError.SYSTEM_MAINTENANCE);
        }
        return switch (method) {
            case "public/subscribe",
                    "public/unsubscribe",
                    "public/unsubscribe_all",
                    "public/set_heartbeat",
                    "public/disable_heartbeat" ->
                    Failure.of(RpcError.MUST_BE_WEBSOCKET_REQUEST);
            default -> {
                ObjectNode params = RpcOutcome.JSON.createObjectNode();
                query.forEach(field -> params.put(field.getName(), field.getValue()));
                yield server.call(method, params, in);
            }
        };
    }

    private static int status(RpcOutcome outcome) {
        return switch (outcome) {
            case RpcOutcome.Result _ -> HttpStatus.OK_200;
            case Failure failure ->
                    failure.error() == RpcError.TOO_MANY_REQUESTS
                            ? HttpStatus.TOO_MANY_REQUESTS_429
                            : HttpStatus.BAD_REQUEST_400;
        };
    }
}
