package io.tapeline.query;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.follow.FollowCounts;
import io.tapeline.query.follow.FollowedMarket;
import io.tapeline.query.guard.Guard;
import io.tapeline.query.guard.GuardCounts;
import io.tapeline.query.guard.Room;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.live.StreamCounts;
import io.tapeline.query.record.RecordingCounts;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.registry.RegistryFeed;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.socket.Sockets;
import io.tapeline.query.through.ReadThrough;
import io.tapeline.query.web.RecordingState;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators see of it: health, meters, and an orderly end of streams. */
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

    @Bean
    MeterBinder recordingMeters(RecordingCounts counts) {
        return meters -> {
            count(meters, "tapeline.history.candles", counts, RecordingCounts::candles);
            count(meters, "tapeline.history.prices", counts, RecordingCounts::prices);
            count(meters, "tapeline.history.tickers", counts, RecordingCounts::tickers);
            count(
                    meters,
                    "tapeline.history.tickers.passed.over",
                    counts,
                    RecordingCounts::passedOver);
            count(meters, "tapeline.history.instruments", counts, RecordingCounts::instruments);
            count(meters, "tapeline.history.gaps", counts, RecordingCounts::gaps);
            count(meters, "tapeline.history.open.candles", counts, RecordingCounts::open);
            count(meters, "tapeline.history.dead.letters", counts, RecordingCounts::dead);
            count(meters, "tapeline.history.batches", counts, RecordingCounts::batches);
            count(meters, "tapeline.history.failures", counts, RecordingCounts::failures);
            count(meters, "tapeline.history.missed", counts, RecordingCounts::missed);
            Gauge.builder("tapeline.history.trouble", counts, c -> c.trouble() == null ? 0 : 1)
                    .register(meters);
        };
    }

    @Bean
    MeterBinder registryMeters(InstrumentRegistry registry, RegistryFeed feed) {
        return meters -> {
            Gauge.builder("tapeline.registry.instruments", registry, InstrumentRegistry::size)
                    .register(meters);
            count(meters, "tapeline.registry.refused", registry, InstrumentRegistry::refused);
            count(meters, "tapeline.registry.malformed", feed, RegistryFeed::malformed);
        };
    }

    @Bean
    MeterBinder streamMeters(LiveHub hub) {
        return meters -> {
            Gauge.builder("tapeline.stream.subscribers", hub, LiveHub::subscribers)
                    .register(meters);
            StreamCounts counts = hub.counts();
            count(meters, "tapeline.stream.offered", counts, StreamCounts::offered);
            count(meters, "tapeline.stream.taken", counts, StreamCounts::taken);
            count(meters, "tapeline.stream.replaced", counts, StreamCounts::replaced);
            count(meters, "tapeline.stream.dropped", counts, StreamCounts::dropped);
            count(meters, "tapeline.stream.resyncs", counts, StreamCounts::resyncs);
            count(meters, "tapeline.stream.refused", counts, StreamCounts::refused);
        };
    }

    @Bean
    MeterBinder followMeters(FollowedMarket market, FollowCounts counts) {
        return meters -> {
            Gauge.builder("tapeline.follow.books", market, FollowedMarket::books).register(meters);
            Gauge.builder("tapeline.follow.watches", market, FollowedMarket::watches)
                    .register(meters);
            count(meters, "tapeline.follow.told", counts, FollowCounts::told);
            count(meters, "tapeline.follow.snapshots", counts, FollowCounts::snapshots);
            count(meters, "tapeline.follow.gaps", counts, FollowCounts::gaps);
            count(meters, "tapeline.follow.moved", counts, FollowCounts::moved);
            count(meters, "tapeline.follow.broken", counts, FollowCounts::broken);
            count(meters, "tapeline.follow.malformed", counts, FollowCounts::malformed);
        };
    }

    @Bean
    MeterBinder socketMeters(Sockets sockets) {
        return meters -> {
            Gauge.builder("tapeline.socket.connections", sockets, Sockets::connections)
                    .register(meters);
            count(meters, "tapeline.socket.sent", sockets, Sockets::sentMessages);
            count(meters, "tapeline.socket.refused", sockets, Sockets::refused);
            count(meters, "tapeline.socket.let.go", sockets, Sockets::letGo);
            count(meters, "tapeline.socket.failures", sockets, Sockets::failures);
        };
    }

    @Bean
    MeterBinder throughMeters(ReadThrough through) {
        return meters -> {
            count(meters, "tapeline.through.requests", through, ReadThrough::requests);
            count(meters, "tapeline.through.shared", through, ReadThrough::shared);
            count(meters, "tapeline.through.failures", through, ReadThrough::failures);
        };
    }

    @Bean
    MeterBinder requestMeters(Guard guard, Aggregators aggregators) {
        GuardCounts counts = guard.counts();
        return meters -> {
            for (int hundred = 2; hundred <= 5; hundred++) {
                int of = hundred;
                FunctionCounter.builder("tapeline.http.answers", counts, c -> c.answers(of))
                        .tag("status", of + "xx")
                        .register(meters);
            }
            refused(meters, "weight", counts, GuardCounts::refusedForWeight);
            refused(meters, "connections", counts, GuardCounts::refusedForConnections);
            refused(meters, "room", counts, GuardCounts::refusedForRoom);
            refused(meters, "key", counts, GuardCounts::refusedForKey);
            for (Room room : List.of(Room.STATE, Room.LISTS, Room.HISTORY)) {
                Gauge.builder("tapeline.http.inside", guard, g -> g.inside(room))
                        .tag("room", room.name().toLowerCase(Locale.ROOT))
                        .register(meters);
            }
            count(meters, "tapeline.questions.shared", aggregators, Aggregators::shared);
            Gauge.builder("tapeline.http.clients", guard, Guard::clients).register(meters);
        };
    }

    private static void refused(
            MeterRegistry meters, String why, GuardCounts of, ToDoubleFunction<GuardCounts> value) {
        FunctionCounter.builder("tapeline.http.refused", of, value)
                .tag("why", why)
                .register(meters);
    }

    private static <T> void count(
            MeterRegistry meters, String name, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).register(meters);
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
