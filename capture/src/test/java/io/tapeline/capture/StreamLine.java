package io.tapeline.capture;

import io.tapeline.capture.tape.RawTopic;
import io.tapeline.capture.tape.TapeLine;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One combined connection to an exchange: its events as raw records, in microseconds. */
final class StreamLine implements WebSocket.Listener, AutoCloseable {

    private static final Pattern ENVELOPE =
            Pattern.compile("\\{\"stream\":\"(?<s>[^\"]+)\",\"data\":(?<d>.*)}");

    private final BlockingQueue<TapeLine> lines = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI rest;
    private final WebSocket socket;
    private long lastNanos;

    private StreamLine(URI rest, URI streams) {
        this.rest = rest;
        this.socket = http.newWebSocketBuilder().buildAsync(streams, this).join();
    }

    static StreamLine open(SimulatedExchange exchange, String streams) {
        return new StreamLine(
                exchange.restUrl(),
                URI.create(
                        exchange.wsUrl() + "/stream?streams=" + streams + "&timeUnit=MICROSECOND"));
    }

    /** A recording waits with a book's events until somebody who follows it has its beginning. */
    void askForBooks(String... symbols) throws Exception {
        for (String symbol : symbols) {
            http.send(
                    HttpRequest.newBuilder(URI.create(rest + "/api/v3/depth?symbol=" + symbol))
                            .build(),
                    BodyHandlers.discarding());
        }
    }

    /** What has come since the last call. */
    List<TapeLine> received() {
        List<TapeLine> some = new ArrayList<>();
        lines.drainTo(some);
        return some;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            Matcher event = ENVELOPE.matcher(partial);
            if (event.matches()) {
                lines.add(line(event.group("s"), event.group("d")));
            }
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private TapeLine line(String stream, String data) {
        RawTopic topic = RawTopic.usualFor(stream);
        if (topic == null) {
            throw new AssertionError("no topic is for " + stream);
        }
        String symbol = stream.substring(0, stream.indexOf('@')).toUpperCase(Locale.ROOT);
        lastNanos = Math.max(lastNanos + 1, EpochNanos.of(Instant.now()).value());
        return new TapeLine(
                topic,
                new RawRecord(
                        Instrument.binance(symbol),
                        data.getBytes(StandardCharsets.UTF_8),
                        stream,
                        "a",
                        new EpochNanos(lastNanos),
                        ExchangeTimeUnit.MICROSECONDS));
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
