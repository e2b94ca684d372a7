package io.tapeline.query.routing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks the instance that holds an instrument: hashes its id as the producers do, asks the active
 * one, then its standbys. A stale table costs one more request (421 brings the right one), and
 * while a partition changes hands the question waits for a moment. It ends, answered or not, within
 * the time-out that a request has: all its parts share one deadline.
 */
public final class Aggregators {

    static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /**
     * Says that the partition is being restored, or that the instance does not hear from Kafka, and
     * that another instance may know more.
     */
    static final String BEHIND = "tapeline-behind";

    /** Times that the table may turn out to be old before a pause is made. */
    private static final int ROUNDS = 3;

    /** Between two tries while a partition changes hands. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Exchange exchange;
    private final Routing routing;
    private final int partitions;
    private final SharedQuestions questions = new SharedQuestions();

    /**
     * @param partitions of every topic
     */
    public Aggregators(Exchange exchange, Routing routing, int partitions) {
        this.exchange = exchange;
        this.routing = routing;
        this.partitions = partitions;
    }

    /**
     * @param rest what follows the instrument: path and query, percent-encoded, or empty
     */
    public <T> Answer<T> ask(Store store, Instrument instrument, String rest, Parser<T> parser) {
        int partition = InstrumentPartitioner.partitionOf(instrument, partitions);
        String path =
                "/internal/"
                        + store.id()
                        + "/"
                        + instrument.venue().id()
                        + "/"
                        + encode(instrument.symbol())
                        + rest;
        return questions.ask(path, () -> ask(store, partition, path, parser));
    }

    /** Questions that another, asked at the same time, asked for them. */
    public long shared() {
        return questions.shared();
    }

    private <T> Answer<T> ask(Store store, int partition, String path, Parser<T> parser) {
        Deadline deadline = Deadline.in(exchange.timeout());
        // Half of the time is for waiting, so that the other half is left for asking.
        Deadline patience = Deadline.in(exchange.timeout().dividedBy(2));
        while (true) {
            Step<T> step = askRounds(store, partition, path, parser, deadline);
            switch (step) {
                case Step.Done<T>(Answer<T> answer) -> {
                    return answer;
                }
                case Step.Behind<T>(T found) -> {
                    return new Answer.Found<>(found);
                }
                case Step.Away<T>(String why) -> {
                    return new Answer.NotReady<>(why, RETRY_AFTER);
                }
                case Step.Moving<T>(String why, Duration after) -> {
                    if (patience.hasPassed() || !pause()) {
                        return new Answer.NotReady<>(why, after);
                    }
                }
                case Step.Elsewhere<T> _ -> {
                    if (patience.hasPassed() || !pause()) {
                        return new Answer.NotReady<>(
                                "the store is moving between aggregators", RETRY_AFTER);
                    }
                }
            }
        }
    }

    /** False when interrupted. */
    static boolean pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        return !Thread.currentThread().isInterrupted();
    }

    /** Asks those whom the table names, and anew as long as it turns out to be another one. */
    private <T> Step<T> askRounds(
            Store store, int partition, String path, Parser<T> parser, Deadline deadline) {
        Step<T> last = new Step.Away<>("no aggregator is known");
        Step.@Nullable Behind<T> behind = null;
        for (int round = 0; round < ROUNDS && !deadline.hasPassed(); round++) {
            List<Address> candidates = routing.candidates(store, partition);
            last = askEach(candidates, path, parser, deadline);
            boolean tryNew =
                    switch (last) {
                        case Step.Done<T> _ -> false;
                        case Step.Elsewhere<T> _ -> true;
                        case Step.Behind<T> old -> {
                            behind = old;
                            yield changedByRefresh(candidates, store, partition, deadline);
                        }
                        case Step.Away<T> _, Step.Moving<T> _ ->
                                changedByRefresh(candidates, store, partition, deadline);
                    };
            if (!tryNew) {
                break;
            }
        }
        return behind == null || last instanceof Step.Done ? last : behind;
    }

    private boolean changedByRefresh(
            List<Address> before, Store store, int partition, Deadline deadline) {
        if (deadline.hasPassed()) {
            routing.refreshLater();
            return false;
        }
        routing.refresh(deadline);
        return !Set.copyOf(routing.candidates(store, partition)).equals(Set.copyOf(before));
    }

    /** Who is not the last resort gets half of the time that is left. */
    private <T> Step<T> askEach(
            List<Address> candidates, String path, Parser<T> parser, Deadline deadline) {
        Step<T> best =
                routing.current().isEmpty()
                        ? new Step.Away<>("no aggregator is known")
                        : new Step.Moving<>(
                                "no aggregator is assigned the instrument's partition",
                                RETRY_AFTER);
        for (int i = 0; i < candidates.size() && !deadline.hasPassed(); i++) {
            boolean others = i < candidates.size() - 1 || best instanceof Step.Behind;
            Duration left = deadline.left();
            Step<T> step =
                    askOne(candidates.get(i), path, parser, others ? left.dividedBy(2) : left);
            if (step instanceof Step.Done || step instanceof Step.Elsewhere) {
                return step;
            }
            best = i == 0 || step.rank() > best.rank() ? step : best;
        }
        return best;
    }

    private <T> Step<T> askOne(Address address, String path, Parser<T> parser, Duration within) {
        InstanceAnswer response;
        try {
            response = exchange.get(address, path, within);
            routing.suspects().answered(address);
        } catch (IOException e) {
            routing.suspects().failed(address);
            return new Step.Away<>("the aggregator does not answer");
        }
        return switch (response.status()) {
            case 200 -> found(response, parser);
            case 404 -> new Step.Done<>(new Answer.Unknown<>());
            case 400 -> new Step.Done<>(new Answer.Refused<>(response.text()));
            case 421 -> {
                if (isBehind(response)) {
                    yield new Step.Away<>("the aggregator does not hear from Kafka");
                }
                routing.tell(response.body());
                yield new Step.Elsewhere<>();
            }
            case 503 -> new Step.Moving<>("the aggregator's store is not ready", after(response));
            default -> new Step.Away<>("the aggregator answered " + response.status());
        };
    }

    private static <T> Step<T> found(InstanceAnswer response, Parser<T> parser) {
        try {
            T answer = parser.parseFrom(response.body());
            return isBehind(response)
                    ? new Step.Behind<>(answer)
                    : new Step.Done<>(new Answer.Found<>(answer));
        } catch (InvalidProtocolBufferException e) {
            return new Step.Away<>("the aggregator's answer could not be read");
        }
    }

    static boolean isBehind(InstanceAnswer response) {
        return response.header(BEHIND).isPresent();
    }

    private static Duration after(InstanceAnswer response) {
        return response.header("retry-after")
                .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(RETRY_AFTER);
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What one instance's answer means for the question. */
    private sealed interface Step<T> {

        record Done<T>(Answer<T> answer) implements Step<T> {}

        /** An answer out of what has been restored: taken if nobody has a better one. */
        record Behind<T>(T found) implements Step<T> {}

        /** It holds the partition, and cannot tell yet: another may, or itself soon. */
        record Moving<T>(String why, Duration retryAfter) implements Step<T> {}

        /** It is of no use; another may be. */
        record Away<T>(String why) implements Step<T> {}

        /** The table was old and is new now. */
        record Elsewhere<T>() implements Step<T> {}

        /** Of two that settle nothing, the higher one is told. */
        default int rank() {
            return switch (this) {
                case Away<T> _ -> 0;
                case Moving<T> _ -> 1;
                case Behind<T> _ -> 2;
                case Elsewhere<T> _ -> 3;
                case Done<T> _ -> 4;
            };
        }
    }
}
