package io.tapeline.query;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.tapeline.query.consume.Readers;
import io.tapeline.query.follow.FollowCounts;
import io.tapeline.query.follow.FollowedMarket;
import io.tapeline.query.guard.Guard;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.live.StreamCounts;
import io.tapeline.query.record.RecordingCounts;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.registry.RegistryFeed;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.socket.Sockets;
import io.tapeline.query.through.ReadThrough;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is counted and measured, as meters. */
@Configuration(proxyBeanMethods = false)
class MeterConfiguration {

    @Bean
    MeterBinder recordingMeters(RecordingCounts counts, Readers readers, QuerySettings settings) {
        return new RecordingMeters(counts, readers, settings.dataDir());
    }

    @Bean
    MeterBinder questionMeters(Guard guard, Aggregators aggregators) {
        return new QuestionMeters(guard, aggregators);
    }

    @Bean
    MeterBinder registryMeters(InstrumentRegistry registry, RegistryFeed feed) {
        return meters ->
                new Named<>(meters, "tapeline.registry.", registry)
                        .gauge(
                                "instruments",
                                InstrumentRegistry::size,
                                "Instruments that are known")
                        .count(
                                "refused",
                                InstrumentRegistry::refused,
                                "States of instruments for which there was no room")
                        .and(feed)
                        .count(
                                "malformed",
                                RegistryFeed::malformed,
                                "States of instruments that could not be decoded");
    }

    @Bean
    MeterBinder streamMeters(LiveHub hub) {
        return meters ->
                new Named<>(meters, "tapeline.stream.", hub)
                        .gauge("subscribers", LiveHub::subscribers, "Readers of live streams")
                        .and(hub.counts())
                        .count("offered", StreamCounts::offered, "Changes, for each subscriber")
                        .count("taken", StreamCounts::taken, "Changes taken to be sent")
                        .count(
                                "replaced",
                                StreamCounts::replaced,
                                "Changes that a newer one overtook")
                        .count(
                                "dropped",
                                StreamCounts::dropped,
                                "Changes lost because too many of different kinds waited")
                        .count(
                                "resyncs",
                                StreamCounts::resyncs,
                                "Books told anew to a reader that could not keep up")
                        .count(
                                "refused",
                                StreamCounts::refused,
                                "Subscribers and subscriptions turned away");
    }

    @Bean
    MeterBinder followMeters(FollowedMarket market, FollowCounts counts) {
        return meters ->
                new Named<>(meters, "tapeline.follow.", market)
                        .gauge("books", FollowedMarket::books, "Books that are followed")
                        .gauge("watches", FollowedMarket::watches, "Those who watch something")
                        .and(counts)
                        .count(
                                "told",
                                FollowCounts::told,
                                "Events told to those who watch, each counted once")
                        .count("snapshots", FollowCounts::snapshots, "Whole books that feeds told")
                        .count(
                                "gaps",
                                FollowCounts::gaps,
                                "Changes that did not follow, upon which the book was asked for"
                                        + " anew")
                        .count(
                                "moved",
                                FollowCounts::moved,
                                "Instruments that an aggregator said to be another's, or not ready")
                        .count(
                                "broken",
                                FollowCounts::broken,
                                "Feeds of aggregators that ended, or fell silent, though wanted")
                        .count(
                                "malformed",
                                FollowCounts::malformed,
                                "Messages of feeds that could not be understood");
    }

    @Bean
    MeterBinder socketMeters(Sockets sockets) {
        return meters ->
                new Named<>(meters, "tapeline.socket.", sockets)
                        .gauge("connections", Sockets::connections, "WebSockets that are open")
                        .count("sent", Sockets::sentMessages, "Messages sent to WebSockets")
                        .count(
                                "refused",
                                Sockets::refused,
                                "WebSockets for which there was no room")
                        .count(
                                "let.go",
                                Sockets::letGo,
                                "WebSockets let go because they read too slowly")
                        .count("failures", Sockets::failures, "WebSockets that broke");
    }

    @Bean
    MeterBinder throughMeters(ReadThrough through) {
        return meters ->
                new Named<>(meters, "tapeline.through.", through)
                        .count(
                                "requests",
                                ReadThrough::requests,
                                "Fetches of candles from the exchange for those who ask")
                        .count(
                                "shared",
                                ReadThrough::shared,
                                "Askers that a fetch under way served too")
                        .count(
                                "failures",
                                ReadThrough::failures,
                                "Fetches of candles from the exchange that failed");
    }
}
