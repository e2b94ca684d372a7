package io.tapeline.query.mirror.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.query.follow.LiveMarket;
import io.tapeline.query.registry.InstrumentRegistry;
import java.time.Clock;
import java.util.function.ToDoubleFunction;
import org.apache.tomcat.websocket.server.WsContextListener;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The mirror's WebSocket face. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamSettings.class)
public class StreamMirrorConfiguration {

    @Bean
    StreamCounts mirrorStreamCounts() {
        return new StreamCounts();
    }

    @Bean
    StreamHub mirrorStreamHub(LiveMarket market, InstrumentRegistry registry) {
        return new StreamHub(market, instrument -> registry.of(instrument).isPresent());
    }

    @Bean(destroyMethod = "")
    Connections mirrorConnections(
            StreamHub hub, StreamSettings settings, StreamCounts counts, Clock clock) {
        return new Connections(hub, settings, counts, clock, System::nanoTime);
    }

    @Bean
    ServletRegistrationBean<StreamServlet> streamMirror(Connections mirrorConnections) {
        ServletRegistrationBean<StreamServlet> registration =
                new ServletRegistrationBean<>(
                        new StreamServlet(mirrorConnections, System::nanoTime),
                        "/ws",
                        "/ws/*",
                        "/stream");
        registration.setName("streamMirror");
        return registration;
    }

    /** The container of Jakarta's WebSocket; a second listener of the kind finds it there. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> mirrorWebSocketContainer() {
        return factory ->
                factory.addContextCustomizers(context ->
                        context.addApplicationListener(WsContextListener.class.getName()));
    }

    @Bean
    MeterBinder mirrorStreamMeters(
            StreamHub hub, Connections mirrorConnections, StreamCounts counts) {
        return meters -> {
            Gauge.builder("tapeline.mirror.connections", mirrorConnections, Connections::size)
                    .register(meters);
            Gauge.builder("tapeline.mirror.streams", hub, StreamHub::streams).register(meters);
            count(meters, "tapeline.mirror.sent", counts, StreamCounts::sentEvents);
            count(meters, "tapeline.mirror.slow", counts, StreamCounts::slowOnes);
            count(meters, "tapeline.mirror.talkative", counts, StreamCounts::talkativeOnes);
            count(meters, "tapeline.mirror.silent", counts, StreamCounts::silentOnes);
            count(meters, "tapeline.mirror.refused", counts, StreamCounts::refusedOnes);
        };
    }

    private static <T> void count(
            MeterRegistry meters, String name, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).register(meters);
    }

    /** Before the server waits for requests to end, and before the market is no longer followed. */
    @Bean
    SmartLifecycle mirrorConnectionsLifecycle(Connections mirrorConnections) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                mirrorConnections.start();
                running = true;
            }

            @Override
            public void stop() {
                running = false;
                mirrorConnections.close();
            }

            @Override
            public boolean isRunning() {
                return running;
            }

            @Override
            public int getPhase() {
                return Integer.MAX_VALUE;
            }
        };
    }
}
