package io.tapeline.exchange.rest;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.TimePrecision;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Everything under {@code /api/v3}: charges the weight, asks the market at one point of its flow,
 * answers.
 */
public final class RestHandler extends Handler.Abstract {

    private static final String PREFIX = "/api/v3/";
    private static final int BUFFER_BYTES = 8 * 1024;

    private final Market market;
    private final InstantSource clock;
    private final RequestWeights weights;
    private final RequestLog log;
    private final Map<String, Endpoint> endpoints = new HashMap<>();

    public RestHandler(Market market, Limits limits, InstantSource clock, RequestLog log) {
        this.market = market;
        this.clock = clock;
        this.weights = new RequestWeights(limits);
        this.log = log;
        new MarketData(market, limits)
                .endpoints()
                .forEach(e -> endpoints.put(PREFIX + e.path(), e));
    }

    private record Result(int status, byte[] body) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        Endpoint endpoint = endpoints.get(path);
        if (endpoint == null) {
            return false;
        }
        Parameters parameters = Parameters.of(request.getHttpURI().getQuery());
        int weight = weight(endpoint, parameters);
        Instant now = clock.instant();
        String remote = host(request.getConnectionMetaData().getRemoteSocketAddress());
        RequestWeights.Verdict verdict = weights.charge(remote, weight, now);
        String refusal = verdict.body();
        Result result =
                refusal == null
                        ? answer(request, endpoint, parameters)
                        : new Result(verdict.status(), refusal.getBytes(StandardCharsets.UTF_8));
        log.add(
                new RequestLog.Entry(
                        now,
                        remote,
                        request.getHttpURI().getPathQuery(),
                        result.status(),
                        weight,
                        verdict.used()));
        response.setStatus(result.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json;charset=UTF-8");
        response.getHeaders().put("x-mbx-used-weight", Long.toString(verdict.used()));
        response.getHeaders().put("x-mbx-used-weight-1m", Long.toString(verdict.used()));
        if (verdict.retryAfterSeconds() > 0) {
            response.getHeaders()
                    .put(HttpHeader.RETRY_AFTER, Long.toString(verdict.retryAfterSeconds()));
        }
        response.write(true, ByteBuffer.wrap(result.body()), callback);
        return true;
    }

    /** A request whose parameters tell no weight costs the least there is. */
    private static int weight(Endpoint endpoint, Parameters parameters) {
        try {
            return endpoint.weight().applyAsInt(parameters);
        } catch (ApiError e) {
            return 1;
        }
    }

    private Result answer(Request request, Endpoint endpoint, Parameters parameters) {
        try {
            if (!request.getMethod().equals("GET")) {
                return new Result(HttpStatus.NOT_FOUND_404, new byte[0]);
            }
            JsonWriter out =
                    new JsonWriter(
                            precision(request.getHeaders().get("X-MBX-TIME-UNIT")), BUFFER_BYTES);
            parameters.check(endpoint.parameters());
            market.move(() -> endpoint.answer().write(parameters, out));
            return new Result(HttpStatus.OK_200, out.toBytes());
        } catch (ApiError e) {
            return new Result(
                    HttpStatus.BAD_REQUEST_400, e.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static TimePrecision precision(@Nullable String header) {
        if (header == null) {
            return TimePrecision.MILLISECOND;
        }
        return switch (header) {
            case "MICROSECOND", "microsecond" -> TimePrecision.MICROSECOND;
            case "MILLISECOND", "millisecond" -> TimePrecision.MILLISECOND;
            default -> throw ApiError.badTimeUnit();
        };
    }

    private static String host(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getHostString()
                : address.toString();
    }
}
