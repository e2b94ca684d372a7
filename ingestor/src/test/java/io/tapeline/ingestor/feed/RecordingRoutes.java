package io.tapeline.ingestor.feed;

import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is published, in its order. Thread-safe. */
public final class RecordingRoutes implements RawRoutes {

    /**
     * @param timeMicros as the route's span reads it from the payload
     */
    public record Published(
            Instrument instrument,
            EventKind kind,
            String stream,
            String line,
            ExchangeTimeUnit unit,
            String payload,
            long timeMicros,
            long receivedNanos) {}

    private final List<Published> published = new ArrayList<>();

    @Override
    public RawRoute route(
            Instrument instrument,
            EventKind kind,
            EventSpan span,
            String stream,
            String line,
            ExchangeTimeUnit unit) {
        return (payload, receivedNanos) -> {
            synchronized (published) {
                published.add(
                        new Published(
                                instrument,
                                kind,
                                stream,
                                line,
                                unit,
                                new String(payload, StandardCharsets.UTF_8),
                                span.first(payload),
                                receivedNanos));
            }
        };
    }

    public List<Published> all() {
        synchronized (published) {
            return List.copyOf(published);
        }
    }

    /** The payloads that a line brought of a stream. */
    public List<String> payloads(String line, String stream) {
        return all().stream()
                .filter(p -> p.line().equals(line) && p.stream().equals(stream))
                .map(Published::payload)
                .toList();
    }
}
