package io.tapeline.ingestor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.ingestor.discovery.Selection;
import io.tapeline.ingestor.resync.CatchUpSettings;
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
        assertThat(binance.line().types()).hasSize(2);
        assertThat(binance.refreshEvery()).isEqualTo(Duration.ofSeconds(30));
        assertThat(binance.depthLimit()).isEqualTo(5000);
        assertThat(binance.catchUp()).isEqualTo(new CatchUpSettings(0, Duration.ofSeconds(1)));
        assertThat(binance.lines()).containsExactly("a", "b");
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
