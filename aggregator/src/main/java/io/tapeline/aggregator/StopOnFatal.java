package io.tapeline.aggregator;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends the process with a failure once the streams are past mending, for whatever restarts it.
 * Inside a larger process, which has not called {@link #exitWith}, health alone tells.
 */
final class StopOnFatal {

    private static final Logger LOG = LoggerFactory.getLogger(StopOnFatal.class);
    private static final int FAILURE = 1;

    private final AtomicBoolean fatal = new AtomicBoolean();
    private final AtomicReference<@Nullable ConfigurableApplicationContext> process =
            new AtomicReference<>();

    void exitWith(ConfigurableApplicationContext context) {
        process.set(context);
        if (fatal.get()) {
            exit(context);
        }
    }

    void onState(KafkaStreams.State state) {
        if (!AggregatorApplication.isFatal(state) || !fatal.compareAndSet(false, true)) {
            return;
        }
        LOG.atError().addKeyValue("state", state).log("The streams are past mending");
        ConfigurableApplicationContext context = process.get();
        if (context != null) {
            exit(context);
        }
    }

    /** On a thread of its own: closing waits for the stream threads, one of which may call this. */
    private static void exit(ConfigurableApplicationContext context) {
        Thread.ofPlatform()
                .name("aggregator-exit")
                .start(() -> System.exit(SpringApplication.exit(context, () -> FAILURE)));
    }
}
