package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.coingecko.CoinGeckoLimits;
import io.tapeline.exchange.coingecko.CoinGeckoLimits.Plan;
import io.tapeline.exchange.coingecko.SimulatedCoinGecko;
import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.exchange.fault.VenueFault;
import io.tapeline.exchange.rest.RequestLog;
import io.tapeline.exchange.venue.VenueBreach;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** CoinGecko's rules (EXCHANGES C), over real sockets. */
class CoinGeckoIT {

    private static final Instant START = Instant.parse("2026-07-01T12:00:30Z");
    private static final String BITCOIN =
            "/simple/price?ids=bitcoin&vs_currencies=usd,eur&include_last_updated_at=true";

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final List<SimulatedExchange> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private SimulatedExchange exchange(CoinGeckoLimits limits) throws Exception {
        SimulatedExchange exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(1)
                                                .withEventsPerSecond(1)
                                                .withBookLevels(20)
                                                .withHistory(Duration.ofHours(1)))
                                .withClock(now::get)
                                .withVenues(VenueSettings.real().withCoinGecko(limits)));
        started.add(exchange);
        return exchange;
    }

    @AfterEach
    void stop() {
        started.forEach(SimulatedExchange::close);
        http.close();
    }

    private HttpResponse<String> get(
            SimulatedExchange exchange, String pathAndQuery, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(exchange.coingeckoUrl() + pathAndQuery));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static int code(HttpResponse<String> response) {
        return JsonMapper.shared()
                .readTree(response.body())
                .path("status")
                .path("error_code")
                .intValue();
    }

    @Test
    void aScriptMayNameEachRefusalTheVenueKnows() {
        assertThat(VenueFault.CoinGeckoError.STATUSES).isEqualTo(SimulatedCoinGecko.errorCodes());
    }

    @Test
    void coinsThatAreUnknownAreAbsentAndSmallPricesHaveExponents() throws Exception {
        SimulatedExchange exchange = exchange(CoinGeckoLimits.real());

        HttpResponse<String> answer =
                get(
                        exchange,
                        "/simple/price?ids=bitcoin,nothing,shiba-inu&vs_currencies=usd,btc,none&include_last_updated_at=true&precision=full");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .matches(
                        "\\{\"bitcoin\":\\{\"usd\":\\d{5}\\.\\d+,\"btc\":[01](\\.\\d+)?,\"last_updated_at\":\\d{10}},"
                            + "\"shiba-inu\":\\{\"usd\":1\\.\\d+e-05,\"btc\":\\d\\.\\d+e-10,\"last_updated_at\":\\d{10}}}");
        assertThat(get(exchange, "/simple/price?ids=nothing&vs_currencies=usd").body())
                .isEqualTo("{}");
        assertThat(get(exchange, "/simple/price?ids=bitcoin").statusCode()).isEqualTo(422);
        assertThat(get(exchange, "/simple/price?vs_currencies=usd").statusCode()).isEqualTo(422);
    }

    @Test
    void valuesChangeWhenTheCacheDoes() throws Exception {
        SimulatedExchange exchange = exchange(CoinGeckoLimits.real());

        String first = get(exchange, BITCOIN).body();
        now.set(START.plusSeconds(29));
        assertThat(get(exchange, BITCOIN).body()).isEqualTo(first);
        now.set(START.plusSeconds(30));
        String second = get(exchange, BITCOIN).body();
        assertThat(second).isNotEqualTo(first);
        AtomicBoolean frozen = new AtomicBoolean(true);
        exchange.coingecko().freeze(frozen::get);
        now.set(START.plusSeconds(150));
        assertThat(get(exchange, BITCOIN).body()).isEqualTo(second);
        frozen.set(false);
        assertThat(get(exchange, BITCOIN).body()).isNotEqualTo(second);
    }

    @Test
    void callsBeyondTheMinuteAreRefusedAndJudged() throws Exception {
        SimulatedExchange exchange =
                exchange(CoinGeckoLimits.real().withCalls(2, Duration.ofMinutes(1)));

        assertThat(get(exchange, BITCOIN).statusCode()).isEqualTo(200);
        assertThat(get(exchange, BITCOIN).statusCode()).isEqualTo(200);
        HttpResponse<String> third = get(exchange, BITCOIN);

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("retry-after")).contains("30");
        assertThat(code(third)).isEqualTo(429);
        now.set(START.plusSeconds(30));
        assertThat(get(exchange, BITCOIN).statusCode()).isEqualTo(200);
        assertThat(exchange.coingecko().credits("127.0.0.1")).isEqualTo(3);
        assertThat(exchange.breaches().of("coingecko"))
                .extracting(VenueBreach::rule)
                .containsExactly("calls-per-minute");
        assertThat(exchange.coingecko().requests().entries())
                .extracting(RequestLog.Entry::status)
                .containsExactly(200, 200, 429, 200);
    }

    @Test
    void creditsAreForAMonth() throws Exception {
        SimulatedExchange exchange =
                exchange(CoinGeckoLimits.real().withCredits(1, Duration.ofDays(31)));

        assertThat(get(exchange, BITCOIN, "x-cg-demo-api-key", "one").statusCode()).isEqualTo(200);
        assertThat(get(exchange, BITCOIN, "x-cg-demo-api-key", "one").statusCode()).isEqualTo(429);
        assertThat(get(exchange, BITCOIN, "x-cg-demo-api-key", "two").statusCode()).isEqualTo(200);
        assertThat(exchange.breaches().of("coingecko"))
                .extracting(VenueBreach::rule)
                .containsExactly("credits-per-month");
    }

    @Test
    void aKeyThatIsMissingOrOfTheOtherRootIsRefused() throws Exception {
        SimulatedExchange demo = exchange(CoinGeckoLimits.real().withPlan(Plan.DEMO));
        SimulatedExchange pro = exchange(CoinGeckoLimits.real().withPlan(Plan.PRO));

        assertThat(code(get(demo, BITCOIN))).isEqualTo(10_002);
        assertThat(code(get(demo, BITCOIN, "x-cg-pro-api-key", "k"))).isEqualTo(10_010);
        assertThat(code(get(pro, BITCOIN, "x-cg-demo-api-key", "k"))).isEqualTo(10_011);
        assertThat(get(demo, BITCOIN, "x-cg-demo-api-key", "k").statusCode()).isEqualTo(200);
        assertThat(get(demo, BITCOIN + "&x_cg_demo_api_key=k").statusCode()).isEqualTo(200);
        assertThat(get(pro, BITCOIN, "x-cg-pro-api-key", "k").statusCode()).isEqualTo(200);
    }

    @Test
    void faultsComeAndGo() throws Exception {
        SimulatedExchange exchange = exchange(CoinGeckoLimits.real());

        exchange.coingecko().refuse(429, () -> true);
        HttpResponse<String> refused = get(exchange, BITCOIN);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("60");
        exchange.coingecko().refuse(10_005, () -> true);
        assertThat(code(get(exchange, BITCOIN))).isEqualTo(10_005);
        exchange.coingecko().refuse(1_020, () -> true);
        HttpResponse<String> blocked = get(exchange, BITCOIN);
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).contains("Error 1020");
        exchange.coingecko().refuse(1_020, () -> false);
        exchange.coingecko().nullValues(Set.of("bitcoin"));
        assertThat(get(exchange, BITCOIN).body())
                .isEqualTo("{\"bitcoin\":{\"usd\":null,\"eur\":null,\"last_updated_at\":null}}");
        exchange.coingecko().nullValues(Set.of());
        assertThat(get(exchange, BITCOIN).body()).startsWith("{\"bitcoin\":{\"usd\":6");
        assertThat(exchange.breaches().all()).isEmpty();
    }

    @Test
    void faultsAreAskedForByTheirNames() throws Exception {
        SimulatedExchange exchange = exchange(CoinGeckoLimits.real());

        exchange.faults()
                .run(
                        FaultScript.parse(
                                "coingecko-error status=503 count=2\ncoingecko-nulls coin=bit*"));
        assertThat(get(exchange, BITCOIN).statusCode()).isEqualTo(503);
        assertThat(get(exchange, BITCOIN).statusCode()).isEqualTo(503);
        assertThat(get(exchange, BITCOIN).body())
                .isEqualTo("{\"bitcoin\":{\"usd\":null,\"eur\":null,\"last_updated_at\":null}}");
        exchange.faults().clear();
        String before = get(exchange, BITCOIN).body();
        exchange.faults().run(FaultScript.parse("coingecko-unchanged for=5m"));
        now.set(START.plusSeconds(120));
        assertThat(get(exchange, BITCOIN).body()).isEqualTo(before);
        exchange.faults().clear();
        assertThat(get(exchange, BITCOIN).body()).isNotEqualTo(before);
    }
}
