package io.tapeline.query;

import io.tapeline.query.consume.Readers;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.record.RecordingCounts;
import io.tapeline.query.socket.Sockets;
import io.tapeline.query.web.RecordingState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators see of it beside meters: health, and an orderly end of streams. */
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

    @Bean
    HealthIndicator historyHealthIndicator(Readers readers, RecordingCounts counts) {
        return () -> {
            RecordingState state = RecordingState.of(readers, counts);
            Health.Builder health = state.isWell() ? Health.up() : Health.down();
            health.withDetail("state", state.state());
            String why = state.why();
            if (why != null) {
                health.withDetail("why", why);
            }
            return health.build();
        };
    }

    /** Streams never end by themselves: they are ended before the server waits for requests. */
    @Bean
    SmartLifecycle endOfStreams(LiveHub hub, Sockets sockets) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                running = true;
            }

            @Override
            public void stop() {
                running = false;
                sockets.drain();
                hub.close();
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
