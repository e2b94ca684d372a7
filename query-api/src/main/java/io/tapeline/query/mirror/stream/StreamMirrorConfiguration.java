package io.tapeline.query.mirror.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.follow.LiveMarket;
import io.tapeline.query.guard.Guard;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.socket.Sockets;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The mirror's WebSocket face. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamSettings.class)
public class StreamMirrorConfiguration {

    @Bean
    StreamCounts mirrorStreamCounts() {
        return new StreamCounts();
    }

    @Bean
    StreamHub mirrorStreamHub(
            LiveMarket market, InstrumentRegistry registry, CandleAnswers candles, Guard guard) {
        return new StreamHub(
                market,
                instrument -> registry.of(instrument).isPresent(),
                new AskedMinutes(candles, guard::anybody));
    }

    /** Closed by its lifecycle. */
    @Bean(destroyMethod = "")
    Talks mirrorTalks(StreamHub hub, StreamSettings settings, StreamCounts counts, Clock clock) {
        return new Talks(hub, settings, counts, clock);
    }

    @Bean
    ServletRegistrationBean<StreamServlet> streamMirror(Sockets sockets, Talks talks) {
        ServletRegistrationBean<StreamServlet> registration =
                new ServletRegistrationBean<>(
                        new StreamServlet(sockets, talks), "/ws", "/ws/*", "/stream");
        registration.setName("streamMirror");
        return registration;
    }

    @Bean
    MeterBinder mirrorStreamMeters(StreamHub hub, Talks talks, StreamCounts counts) {
        return meters -> {
            Gauge.builder("tapeline.mirror.connections", talks, Talks::size)
                    .description("WebSockets of the mirror that are open")
                    .register(meters);
            Gauge.builder("tapeline.mirror.streams", hub, StreamHub::streams)
                    .description("Streams that somebody has subscribed to at the mirror")
                    .register(meters);
            FunctionCounter.builder("tapeline.mirror.sent", counts, StreamCounts::sentEvents)
                    .description("Events of the mirror taken for sending")
                    .register(meters);
            FunctionCounter.builder("tapeline.mirror.slow", counts, StreamCounts::slowClients)
                    .description("Clients of the mirror let go because they read too slowly")
                    .register(meters);
        };
    }

    /** Ends before all sockets do: what depends on another is stopped before it. */
    @Bean
    @DependsOn("endOfStreams")
    SmartLifecycle mirrorLifecycle(Talks talks) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                talks.start();
                running = true;
            }

            @Override
            public void stop() {
                running = false;
                talks.close();
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
