package io.tapeline.exchange.coingecko;

import io.tapeline.exchange.coingecko.CallBudget.Verdict;
import io.tapeline.exchange.coingecko.CoinGeckoFaults.Trouble;
import io.tapeline.exchange.rest.RequestLog;
import io.tapeline.exchange.venue.VenueBreach;
import io.tapeline.exchange.venue.VenueBreaches;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** Answers {@code /simple/price}: key, limits, faults, then the price. */
final class CoinGeckoHandler extends Handler.Abstract {

    static final String VENUE = "coingecko";

    private static final String JSON = "application/json; charset=utf-8";
    private static final String PATH = "/simple/price";
    private static final int OK = 200;

    private final CoinPrices prices;
    private final SimplePrice simplePrice;
    private final CoinGeckoLimits limits;
    private final CallBudget budget;
    private final CoinGeckoFaults faults;
    private final RequestLog log;
    private final VenueBreaches breaches;
    private final InstantSource clock;

    CoinGeckoHandler(
            CoinPrices prices,
            CoinGeckoLimits limits,
            CallBudget budget,
            CoinGeckoFaults faults,
            RequestLog log,
            VenueBreaches breaches,
            InstantSource clock) {
        this.prices = prices;
        this.simplePrice = new SimplePrice(prices);
        this.limits = limits;
        this.budget = budget;
        this.faults = faults;
        this.log = log;
        this.breaches = breaches;
        this.clock = clock;
    }

    private record Result(int status, String type, String body, @Nullable Duration retryAfter) {

        static Result of(CoinGeckoError error) {
            return new Result(error.status(), JSON, error.body(), null);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (!(path.equals(PATH) || path.equals(SimulatedCoinGecko.REST_PATH + PATH))
                || !request.getMethod().equals("GET")) {
            return false;
        }
        Fields query = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
        Instant now = clock.instant();
        String remote = host(request.getConnectionMetaData().getRemoteSocketAddress());
        String demo = key(request, query, "x-cg-demo-api-key");
        String pro = key(request, query, "x-cg-pro-api-key");
        String caller = pro != null ? pro : demo != null ? demo : remote;
        Verdict verdict = budget.call(caller, now);
        Result result = result(verdict, demo, pro, query, remote, now);
        if (result.status() == OK) {
            budget.answered(caller, now);
        }
        log.add(
                new RequestLog.Entry(
                        now,
                        remote,
                        request.getHttpURI().getPathQuery(),
                        result.status(),
                        result.status() == OK ? 1 : 0,
                        calls(verdict)));
        response.setStatus(result.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, result.type());
        Duration retryAfter = result.retryAfter();
        if (retryAfter != null) {
            long seconds = Math.max(1, Math.ceilDiv(retryAfter.toMillis(), 1_000L));
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Long.toString(seconds));
        }
        response.write(
                true, ByteBuffer.wrap(result.body().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private Result result(
            Verdict verdict,
            @Nullable String demo,
            @Nullable String pro,
            Fields query,
            String remote,
            Instant now) {
        CoinGeckoError wrongKey = wrongKey(demo, pro);
        if (wrongKey != null) {
            note(now, remote, "key", "answered with " + wrongKey.code());
            return Result.of(wrongKey);
        }
        if (verdict instanceof Verdict.Refused refused) {
            note(now, remote, refused.rule(), "call " + refused.calls() + " in its minute");
            return new Result(
                    CoinGeckoError.RATE_LIMIT.status(),
                    JSON,
                    CoinGeckoError.RATE_LIMIT.body(),
                    refused.retryAfter());
        }
        return switch (faults.next()) {
            case Trouble.None() -> {
                SimplePrice.Answer answer =
                        simplePrice.answer(query, faults.shownAt(prices, now), faults.nulls());
                yield new Result(answer.status(), JSON, answer.body(), null);
            }
            case Trouble.Refusal(CoinGeckoError error) ->
                    new Result(
                            error.status(),
                            JSON,
                            error.body(),
                            error == CoinGeckoError.RATE_LIMIT ? limits.minute() : null);
            case Trouble.Page(int status) ->
                    new Result(
                            status, "text/html; charset=UTF-8", CoinGeckoError.BLOCKED_PAGE, null);
        };
    }

    /** A key that is missing, or of the other root (EXCHANGES C: 10002, 10010, 10011). */
    private @Nullable CoinGeckoError wrongKey(@Nullable String demo, @Nullable String pro) {
        return switch (limits.plan()) {
            case PUBLIC -> pro == null ? null : CoinGeckoError.PRO_KEY_AT_DEMO_ROOT;
            case DEMO ->
                    pro != null
                            ? CoinGeckoError.PRO_KEY_AT_DEMO_ROOT
                            : demo == null ? CoinGeckoError.MISSING_KEY : null;
            case PRO ->
                    pro != null
                            ? null
                            : demo == null
                                    ? CoinGeckoError.MISSING_KEY
                                    : CoinGeckoError.DEMO_KEY_AT_PRO_ROOT;
        };
    }

    private void note(Instant now, String remote, String rule, String detail) {
        breaches.add(new VenueBreach(now, VENUE, remote, rule, detail));
    }

    private static long calls(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed(long calls) -> calls;
            case Verdict.Refused refused -> refused.calls();
        };
    }

    /** By header, or by a parameter of the same name with underscores. */
    private static @Nullable String key(Request request, Fields query, String header) {
        String value = request.getHeaders().get(header);
        return value != null ? value : query.getValue(header.replace('-', '_'));
    }

    private static String host(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getHostString()
                : address.toString();
    }
}
