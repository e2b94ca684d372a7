package io.tapeline.exchange;

import io.tapeline.exchange.market.Payload;
import io.tapeline.exchange.market.StreamName;
import io.tapeline.exchange.market.StreamSink;
import io.tapeline.exchange.market.TimePrecision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Subscribed to what it is told, keeps everything that is published, in order. */
public final class RecordingSink implements StreamSink {

    private final Map<String, List<StreamName>> bySymbol = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private Consumer<Sent> watcher = one -> {};

    /** One event. */
    public record Sent(String stream, String text) {}

    public RecordingSink(String... streams) {
        for (String stream : streams) {
            subscribe(stream);
        }
    }

    public void subscribe(String stream) {
        StreamName name = StreamName.parse(stream).orElseThrow();
        bySymbol.computeIfAbsent(name.symbol(), s -> new ArrayList<>()).add(name);
    }

    /** Tells the consumer of each event as it happens. */
    public void watch(Consumer<Sent> newWatcher) {
        watcher = newWatcher;
    }

    @Override
    public List<StreamName> subscribed(String symbol) {
        return bySymbol.getOrDefault(symbol, List.of());
    }

    @Override
    public boolean isSubscribed(String stream) {
        return bySymbol.values().stream()
                .flatMap(List::stream)
                .anyMatch(name -> name.text().equals(stream));
    }

    @Override
    public void publish(String stream, Payload payload) {
        if (isSubscribed(stream)) {
            Sent one =
                    new Sent(
                            stream,
                            new String(
                                    payload.bytes(TimePrecision.MILLISECOND),
                                    StandardCharsets.UTF_8));
            sent.add(one);
            watcher.accept(one);
        }
    }

    public List<Sent> sent() {
        return sent;
    }

    /** The texts of one stream, in order. */
    public List<String> texts(String stream) {
        return sent.stream().filter(one -> one.stream().equals(stream)).map(Sent::text).toList();
    }
}
