package io.tapeline.aggregator;

import io.tapeline.aggregator.topology.FlowCounters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died. A transient cause, such as a broker that is away, gets
 * a new thread in its place; a bug, a refused credential, or deaths that come too often stop the
 * instance, for going on would only repeat them.
 */
final class StreamThreadFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StreamThreadFailures.class);
    private static final int MOST_DEATHS = 10;
    private static final long WITHIN_NANOS = Duration.ofMinutes(10).toNanos();

    private final FlowCounters counters;
    private final Deque<Long> deathsNanos = new ArrayDeque<>();

    StreamThreadFailures(FlowCounters counters) {
        this.counters = counters;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        boolean transientCause = isTransient(failure) && !tooOften(System.nanoTime());
        LOG.atError()
                .setCause(failure)
                .addKeyValue("response", transientCause ? "new thread" : "stop")
                .log("A stream thread died");
        if (transientCause) {
            counters.threadReplaced();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    static boolean isTransient(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException
                    || cause instanceof Error) {
                return false;
            }
            if (cause instanceof RetriableException) {
                return true;
            }
            root = cause;
        }
        // Streams' own complaints of the group, the broker or a lock; not what our code threw.
        return root instanceof StreamsException || root instanceof KafkaException;
    }

    private synchronized boolean tooOften(long nowNanos) {
        deathsNanos.addLast(nowNanos);
        while (nowNanos - deathsNanos.getFirst() > WITHIN_NANOS) {
            deathsNanos.removeFirst();
        }
        return deathsNanos.size() > MOST_DEATHS;
    }
}
