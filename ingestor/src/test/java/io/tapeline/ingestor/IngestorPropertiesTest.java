package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.ingestor.binance.StreamType;
import io.tapeline.ingestor.coingecko.ApiKey;
import io.tapeline.ingestor.coingecko.CoinGeckoSettings;
import io.tapeline.ingestor.deribit.DeribitSettings;
import io.tapeline.ingestor.discovery.Selection;
import io.tapeline.ingestor.resync.CatchUpSettings;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class IngestorPropertiesTest {

    @Test
    void theDefaultsAreTheRealExchangesMarketData() {
        IngestorSettings settings = bind(Map.of(), Map.of()).toSettings();
        BinanceSettings binance = settings.binance().orElseThrow();
        BinanceSettings defaults =
                BinanceSettings.ofDefaults(
                        URI.create("https://data-api.binance.vision"),
                        URI.create("wss://data-stream.binance.vision"),
                        List.of());
        assertThat(binance).isEqualTo(defaults);
        assertThat(settings)
                .isEqualTo(
                        IngestorSettings.local("ingestor", "localhost:9092", Optional.of(defaults))
                                .withDeribit(
                                        DeribitSettings.ofDefaults(
                                                URI.create("wss://www.deribit.com/ws/api/v2"),
                                                Optional.of(
                                                        URI.create(
                                                                "https://www.deribit.com/api/v2")),
                                                List.of("btc_usd", "eth_usd"),
                                                List.of("a")))
                                .withCoinGecko(
                                        CoinGeckoSettings.ofDefaults(
                                                URI.create("https://api.coingecko.com/api/v3"),
                                                List.of("bitcoin", "ethereum"),
                                                List.of("usd")))
                                .withShare(
                                        new ShareSettings(
                                                List.of("a"),
                                                Duration.ofSeconds(3),
                                                Duration.ofSeconds(10)))
                                .withHttp("127.0.0.1", 8091));
    }

    @Test
    void everythingCanBeSetByEnvironmentVariables() {
        IngestorSettings settings =
                bind(
                                Map.of(),
                                Map.of(
                                        "TAPELINE_BINANCE_REST_URL", "http://localhost:1/",
                                        "TAPELINE_BINANCE_WS_URL", "ws://localhost:1",
                                        "TAPELINE_SYMBOLS", "btcusdt,ETHUSDT",
                                        "TAPELINE_KAFKA_BOOTSTRAP", "kafka:1",
                                        "TAPELINE_INGESTOR_HTTP_PORT", "0"))
                        .toSettings();
        assertThat(settings.producer().bootstrap()).isEqualTo("kafka:1");
        assertThat(settings.httpPort()).isZero();
        BinanceSettings binance = settings.binance().orElseThrow();
        assertThat(binance.rest().base()).isEqualTo(URI.create("http://localhost:1"));
        assertThat(binance.selection())
                .isEqualTo(new Selection.Named(Set.of("BTCUSDT", "ETHUSDT")));
    }

    @Test
    void booksAreAuditedWithTheStreamsThatAreNamedForItAndNoOthers() {
        assertThat(types("")).containsExactly("kline_1m", "ticker", "depth@100ms");
        assertThat(types("depth20,bookTicker"))
                .containsExactly("kline_1m", "ticker", "depth@100ms", "depth20", "bookTicker");
        assertThatThrownBy(() -> types("depth@100ms"))
                .hasMessageContaining("audit stream: \"depth@100ms\" shows no book");
    }

    private static List<String> types(String auditStreams) {
        return bind(Map.of("tapeline.binance.audit-streams", auditStreams), Map.of())
                .toSettings()
                .binance()
                .orElseThrow()
                .line()
                .types()
                .stream()
                .map(StreamType::suffix)
                .toList();
    }

    @Test
    void propertiesOfTheVenueReachTheirPlaces() {
        BinanceSettings binance =
                bind(
                                Map.of(
                                        "tapeline.binance.time-unit",
                                        "us",
                                        "tapeline.binance.streams",
                                        "kline_1m,!miniTicker@arr",
                                        "tapeline.binance.refresh-every",
                                        "30s",
                                        "tapeline.binance.depth-limit",
                                        "5000",
                                        "tapeline.binance.catch-up-candles",
                                        "0",
                                        "tapeline.binance.catch-up-delay",
                                        "1s",
                                        "tapeline.ingestor.lines",
                                        "a,b"),
                                Map.of())
                        .toSettings()
                        .binance()
                        .orElseThrow();
        assertThat(binance.line().unit()).isEqualTo(ExchangeTimeUnit.MICROSECONDS);
        assertThat(binance.line().types())
                .extracting(StreamType::suffix)
                .containsExactly("kline_1m", "!miniTicker@arr", "depth20");
        assertThat(binance.refreshEvery()).isEqualTo(Duration.ofSeconds(30));
        assertThat(binance.depthLimit()).isEqualTo(5000);
        assertThat(binance.catchUp()).isEqualTo(new CatchUpSettings(0, Duration.ofSeconds(1)));
        assertThat(binance.lines()).containsExactly("a", "b");
    }

    @Test
    void propertiesOfDeribitReachTheirPlaces() {
        assertThat(
                        bind(
                                        Map.of(
                                                "tapeline.ingestor.lines", "a,b",
                                                "tapeline.deribit.heartbeat", "20s",
                                                "tapeline.deribit.answer-within", "3s",
                                                "tapeline.deribit.stalled-after", "40s",
                                                "tapeline.deribit.ask-again-every", "1m",
                                                "tapeline.deribit.max-message", "2MB"),
                                        Map.of(
                                                "TAPELINE_DERIBIT_WS_URL",
                                                "ws://localhost:1/ws/api/v2",
                                                "TAPELINE_DERIBIT_INDICES",
                                                "sol_usd, btc_usdc"))
                                .toSettings()
                                .deribit())
                .contains(
                        new DeribitSettings(
                                URI.create("ws://localhost:1/ws/api/v2"),
                                Optional.of(URI.create("http://localhost:1/api/v2")),
                                List.of("sol_usd", "btc_usdc"),
                                List.of("a", "b"),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(40),
                                Duration.ofMinutes(1),
                                2 << 20));
    }

    @Test
    void propertiesOfCoinGeckoReachTheirPlacesAndItsKeyIsNotTold() {
        IngestorProperties properties =
                bind(
                        Map.of(
                                "tapeline.coingecko.key-kind", "pro",
                                "tapeline.coingecko.coins", "bitcoin,usd-coin",
                                "tapeline.coingecko.currencies", "usd,eur",
                                "tapeline.coingecko.monthly-credits", "500000",
                                "tapeline.coingecko.calls-per-minute", "250",
                                "tapeline.coingecko.shortest-interval", "20s",
                                "tapeline.coingecko.coins-per-call", "1",
                                "tapeline.coingecko.answer-within", "5s"),
                        Map.of(
                                "TAPELINE_COINGECKO_URL", "http://localhost:1/api/v3/",
                                "TAPELINE_COINGECKO_API_KEY", "CG-secret"));
        assertThat(properties.toSettings().coinGecko())
                .contains(
                        new CoinGeckoSettings(
                                URI.create("http://localhost:1/api/v3"),
                                List.of("bitcoin", "usd-coin"),
                                List.of("usd", "eur"),
                                Optional.of(new ApiKey(ApiKey.Kind.PRO, "CG-secret")),
                                500_000,
                                250,
                                Duration.ofSeconds(20),
                                1,
                                Duration.ofSeconds(5)));
        assertThat(properties.toString()).doesNotContain("CG-secret");
        assertThat(properties.toSettings().toString()).doesNotContain("CG-secret");
    }

    @Test
    void theInternalSecretReachesItsPlaceAndIsNotTold() {
        String secret = "0123456789abcdef";
        IngestorProperties properties = bind(Map.of(), Map.of("TAPELINE_INTERNAL_SECRET", secret));
        assertThat(properties.toSettings().secret()).isEqualTo(new SharedSecret(secret));
        assertThat(properties.toString()).doesNotContain(secret);
        assertThat(properties.toSettings().toString()).doesNotContain(secret);
    }

    @Test
    void eachVenueIsSwitchedOffByItsOwnEmptyAddress() {
        IngestorSettings settings =
                bind(
                                Map.of(
                                        "tapeline.deribit.ws-url", "",
                                        "tapeline.coingecko.url", ""),
                                Map.of())
                        .toSettings();
        assertThat(settings.deribit()).isEmpty();
        assertThat(settings.coinGecko()).isEmpty();
        assertThat(
                        bind(Map.of("tapeline.deribit.rest-url", ""), Map.of())
                                .toSettings()
                                .deribit()
                                .orElseThrow()
                                .restUrl())
                .isEmpty();
    }

    @Test
    void whatIsWrongOfTheOtherVenuesIsNamed() {
        Map<String, String> wrong =
                Map.of(
                        "tapeline.deribit.ws-url", "ws://localhost/elsewhere",
                        "tapeline.deribit.heartbeat", "9s",
                        "tapeline.deribit.indices", "btc usd",
                        "tapeline.deribit.stalled-after", "0s",
                        "tapeline.coingecko.key-kind", "gold",
                        "tapeline.coingecko.api-key", "a b",
                        "tapeline.coingecko.coins", "bit/coin",
                        "tapeline.coingecko.currencies", "us-d",
                        "tapeline.coingecko.monthly-credits", "0",
                        "tapeline.coingecko.coins-per-call", "501");
        wrong.forEach((setting, value) ->
                assertThatThrownBy(() -> bind(Map.of(setting, value), Map.of()).toSettings())
                        .as(setting)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(
                                setting.equals("tapeline.deribit.ws-url")
                                        ? "tapeline.deribit.rest-url: is not set"
                                        : setting + ": ")
                        .hasMessageNotContaining("a b"));
    }

    @Test
    void howTheWorkIsSharedIsSet() {
        assertThat(
                        bind(
                                        Map.of(
                                                "tapeline.ingestor.lines",
                                                "a,b",
                                                "tapeline.ingestor.handover",
                                                "0s"),
                                        Map.of("TAPELINE_INGESTOR_SESSION_TIMEOUT", "6s"))
                                .toSettings()
                                .share())
                .isEqualTo(
                        new ShareSettings(List.of("a", "b"), Duration.ZERO, Duration.ofSeconds(6)));
        assertThat(bind(Map.of(), Map.of()).toSettings().share())
                .isEqualTo(
                        new ShareSettings(
                                List.of("a"), Duration.ofSeconds(3), Duration.ofSeconds(10)));
    }

    @Test
    void anEmptyAddressSwitchesTheVenueOff() {
        assertThat(bind(Map.of("tapeline.binance.ws-url", ""), Map.of()).toSettings().binance())
                .isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() ->
                        bind(Map.of("tapeline.binance.ws-url", "http://x"), Map.of()).toSettings())
                .hasMessage(
                        "tapeline.binance.ws-url: \"http://x\" does not begin with ws:// or"
                                + " wss://");
        assertThatThrownBy(() ->
                        bind(Map.of("tapeline.binance.streams", "trades"), Map.of()).toSettings())
                .hasMessageContaining("stream type: \"trades\" is not one of");
    }

    private static IngestorProperties bind(
            Map<String, Object> properties, Map<String, Object> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new MapPropertySource("test", properties));
        sources.addLast(
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bindOrCreate("tapeline", IngestorProperties.class);
    }
}
