package io.tapeline.query.routing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Asks the instance that holds an instrument: hashes its id as the producers do, asks the active
 * one, then its standbys. A stale table costs one more request (421 brings the right one).
 */
public final class Aggregators {

    static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** Times that the table may turn out to be old within one question. */
    private static final int ROUNDS = 3;

    private final Exchange exchange;
    private final Routing routing;
    private final int partitions;

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
        Step<T> last = new Step.Next<>("no aggregator is known", RETRY_AFTER);
        for (int round = 0; round < ROUNDS; round++) {
            List<Address> candidates = routing.current().candidates(store, partition);
            last = askEach(candidates, path, parser);
            if (last instanceof Step.Done<T>(Answer<T> answer)) {
                return answer;
            }
            if (last instanceof Step.Next) {
                if (round == ROUNDS - 1 || unchangedAfterRefresh(candidates, store, partition)) {
                    break;
                }
            }
        }
        return switch (last) {
            case Step.Done<T>(Answer<T> answer) -> answer;
            case Step.Next<T>(String why, Duration after) -> new Answer.NotReady<>(why, after);
            case Step.Elsewhere<T> _ ->
                    new Answer.NotReady<>("the store is moving between aggregators", RETRY_AFTER);
        };
    }

    private boolean unchangedAfterRefresh(List<Address> before, Store store, int partition) {
        routing.refresh();
        return routing.current().candidates(store, partition).equals(before);
    }

    private <T> Step<T> askEach(List<Address> candidates, String path, Parser<T> parser) {
        Step<T> last =
                new Step.Next<>(
                        "no aggregator is assigned the instrument's partition", RETRY_AFTER);
        for (Address candidate : candidates) {
            last = askOne(candidate, path, parser);
            if (!(last instanceof Step.Next)) {
                return last;
            }
        }
        return last;
    }

    private <T> Step<T> askOne(Address address, String path, Parser<T> parser) {
        try {
            HttpResponse<byte[]> response = exchange.get(address, path);
            return switch (response.statusCode()) {
                case 200 -> new Step.Done<>(new Answer.Found<>(parser.parseFrom(response.body())));
                case 404 -> new Step.Done<>(new Answer.Unknown<>());
                case 400 ->
                        new Step.Done<>(
                                new Answer.Refused<>(
                                        new String(response.body(), StandardCharsets.UTF_8)));
                case 421 -> {
                    routing.tell(response.body());
                    yield new Step.Elsewhere<>();
                }
                case 503 -> new Step.Next<>("the aggregator's store is not ready", after(response));
                default ->
                        new Step.Next<>(
                                "the aggregator answered " + response.statusCode(), RETRY_AFTER);
            };
        } catch (InvalidProtocolBufferException e) {
            return new Step.Next<>("the aggregator's answer could not be read", RETRY_AFTER);
        } catch (IOException e) {
            return new Step.Next<>("the aggregator does not answer", RETRY_AFTER);
        }
    }

    private static Duration after(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
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

        /** Another candidate may answer. */
        record Next<T>(String why, Duration retryAfter) implements Step<T> {}

        /** The table was old and is new now. */
        record Elsewhere<T>() implements Step<T> {}
    }
}
