package io.tapeline.ingestor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryTest {

    private static final Instrument BTC = new Instrument(Venue.DERIBIT, "btc_usd");

    /** An entry on its way to the topic, and what is to be said of it. */
    private record Written(InstrumentInfo entry, CompletableFuture<Void> outcome) {}

    private final BlockingQueue<Written> topic = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("decisions").factory());
    private final Registry registry =
            new Registry(
                    List.of(),
                    this::write,
                    scheduler,
                    Clock.fixed(Instant.ofEpochSecond(1), ZoneOffset.UTC),
                    Duration.ofMillis(1));

    private CompletableFuture<Void> write(InstrumentInfo entry) {
        Written written = new Written(entry, new CompletableFuture<>());
        topic.add(written);
        return written.outcome;
    }

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private Written next() throws InterruptedException {
        Written next = topic.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("an entry is written").isNotNull();
        return next;
    }

    private void configure(Instrument... instruments) {
        registry.configure(new ConfiguredInstruments(Venue.DERIBIT, List.of(instruments), '_'));
    }

    @Test
    void whatTheSettingsNameIsStreamedAndWrittenUntilItIsThere() throws Exception {
        configure(BTC);
        Written first = next();
        first.outcome.completeExceptionally(new IOException("away"));
        Written again = next();
        assertThat(again.entry).isEqualTo(first.entry);
        again.outcome.complete(null);
        assertThat(registry.streamed(Venue.DERIBIT)).isEqualTo(Set.of(BTC));
        assertThat(topic).isEmpty();
    }

    @Test
    void whatAnotherEntryHasReplacedIsNotWrittenAgain() throws Exception {
        configure(BTC);
        Written named = next();
        configure();
        Written gone = next();
        assertThat(gone.entry.getStreamed()).isFalse();
        named.outcome.completeExceptionally(new IOException("away"));
        gone.outcome.completeExceptionally(new IOException("away"));
        assertThat(next().entry).isEqualTo(gone.entry);
        assertThat(registry.streams(BTC)).isFalse();
    }
}
