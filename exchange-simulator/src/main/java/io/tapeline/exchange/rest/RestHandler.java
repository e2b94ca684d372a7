package io.tapeline.exchange.rest;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.fault.RestFault;
import io.tapeline.exchange.judge.Judge;
import io.tapeline.exchange.market.JsonWriter;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.TimePrecision;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
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
    private static final int BANNED = 418;

    /** What never comes is forgotten after this. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final Market market;
    private final InstantSource clock;
    private final RequestWeights weights;
    private final RequestLog log;
    private final Judge judge;
    private final RestFaults faults;
    private final Map<String, Endpoint> endpoints = new HashMap<>();

    public RestHandler(
            Market market, Limits limits, InstantSource clock, RequestLog log, Judge judge) {
        this.market = market;
        this.clock = clock;
        this.weights = new RequestWeights(limits);
        this.faults = new RestFaults(market, weights);
        this.log = log;
        this.judge = judge;
        new MarketData(market, limits, faults)
                .endpoints()
                .forEach(e -> endpoints.put(PREFIX + e.path(), e));
    }

    /** Where answers go wrong. */
    public FaultSite<RestFault> faults() {
        return faults;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Endpoint endpoint = endpoints.get(Request.getPathInContext(request));
        if (endpoint == null) {
            return false;
        }
        Parameters parameters = Parameters.of(request.getHttpURI().getQuery());
        Instant now = clock.instant();
        String remote = host(request.getConnectionMetaData().getRemoteSocketAddress());
        int weight = weight(endpoint, parameters);
        RequestWeights.Verdict verdict = weights.charge(remote, weight, now);
        judge.request(remote, verdict.own(), verdict.requests(), now);
        Exchange exchange = new Exchange(request, response, callback, remote, weight, verdict);
        Reply refusal =
                verdict.refusal() == null ? faults.forced(endpoint.path(), now) : verdict.refusal();
        if (refusal != null) {
            send(exchange, refusal);
            return true;
        }
        RestFault.Timeout timeout = faults.timeout(endpoint.path());
        if (timeout == null) {
            send(exchange, answer(request, endpoint, parameters));
            return true;
        }
        Instant due = now.plus(timeout.after());
        Runnable abandon =
                () -> {
                    // Without its connection the failure is not answered either.
                    request.getConnectionMetaData().getConnection().getEndPoint().close();
                    callback.failed(new EofException("never answered"));
                };
        switch (timeout.outcome()) {
            case ANSWER ->
                    faults.later(
                            due,
                            () -> send(exchange, answer(request, endpoint, parameters)),
                            abandon);
            case ERROR -> faults.later(due, () -> send(exchange, Reply.timedOut()), abandon);
            case NEVER -> faults.later(now.plus(NEVER), abandon, abandon);
        }
        return true;
    }

    /** A request and what is needed to answer it. */
    private record Exchange(
            Request request,
            Response response,
            Callback callback,
            String remote,
            int weight,
            RequestWeights.Verdict verdict) {}

    private void send(Exchange exchange, Reply reply) {
        Instant now = clock.instant();
        long used = exchange.verdict().used();
        log.add(
                new RequestLog.Entry(
                        now,
                        exchange.remote(),
                        exchange.request().getHttpURI().getPathQuery(),
                        reply.status(),
                        exchange.weight(),
                        used));
        Response response = exchange.response();
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
        response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(now.toEpochMilli()));
        response.getHeaders().put("x-mbx-used-weight", Long.toString(used));
        response.getHeaders().put("x-mbx-used-weight-1m", Long.toString(used));
        if (!reply.pause().isZero()) {
            response.getHeaders()
                    .put(HttpHeader.RETRY_AFTER, Long.toString(reply.retryAfterSeconds()));
            judge.refused(exchange.remote(), reply.status() == BANNED, reply.pause(), now);
        }
        response.write(true, ByteBuffer.wrap(reply.body()), exchange.callback());
    }

    /** A request whose parameters tell no weight costs the least there is. */
    private static int weight(Endpoint endpoint, Parameters parameters) {
        try {
            return endpoint.weight().applyAsInt(parameters);
        } catch (ApiError e) {
            return 1;
        }
    }

    private Reply answer(Request request, Endpoint endpoint, Parameters parameters) {
        try {
            if (!request.getMethod().equals("GET")) {
                return Reply.json(HttpStatus.NOT_FOUND_404, new byte[0]);
            }
            JsonWriter out =
                    new JsonWriter(
                            precision(request.getHeaders().get("X-MBX-TIME-UNIT")), BUFFER_BYTES);
            parameters.check(endpoint.parameters());
            if (endpoint.atOnePoint()) {
                market.move(() -> endpoint.answer().write(parameters, out));
            } else {
                endpoint.answer().write(parameters, out);
            }
            return Reply.json(HttpStatus.OK_200, out.toBytes());
        } catch (ApiError e) {
            return Reply.json(HttpStatus.BAD_REQUEST_400, e.body());
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
