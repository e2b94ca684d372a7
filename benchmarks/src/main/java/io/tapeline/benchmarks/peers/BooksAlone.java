package io.tapeline.benchmarks.peers;

import io.tapeline.aggregator.store.BookTable;
import io.tapeline.aggregator.sync.BookSync;
import io.tapeline.aggregator.sync.Fate;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.aggregator.sync.SyncSettings;
import io.tapeline.aggregator.sync.SyncStep;
import io.tapeline.ingestor.connection.Sockets;
import io.tapeline.ingestor.feed.ByteKeyTable;
import io.tapeline.ingestor.socket.JettySockets;
import io.tapeline.schemas.binance.BinanceDepth;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the libraries do and no more, with Tapeline's parts: socket, decoding, the exchange's
 * procedure, books in memory. No Kafka, no tape, no changelog.
 */
final class BooksAlone {

    private static final int NAME_FROM = "{\"stream\":\"".length();
    private static final int DATA_AFTER_NAME = "\",\"data\":".length();

    private BooksAlone() {}

    /** {@code java ... BooksAlone REST_URL WS_URL SYMBOL,SYMBOL... UPDATES}. */
    public static void main(String[] words) throws Exception {
        PeerArguments told = PeerArguments.of(words);
        Books books = new Books(told);
        try (JettySockets sockets =
                JettySockets.start(
                        "books-alone",
                        new JettySockets.SocketLimits(
                                1 << 20, Duration.ofSeconds(10), Duration.ofMinutes(5)),
                        Clock.systemUTC())) {
            String streams =
                    told.symbols().stream()
                            .map(TapePlayer::stream)
                            .collect(Collectors.joining("/"));
            sockets.connect(URI.create(told.wsUrl() + "/stream?streams=" + streams), books);
            // What the server sends before it has agreed to be a WebSocket is a breach of HTTP.
            books.awaitOpen();
            Measured.follow(told.updates(), books::applied);
        }
        System.exit(0);
    }

    /** One connection's events into their books. */
    private static final class Books implements Sockets.Listener {

        private final BookTable table = new BookTable(new BookSync(SyncSettings.DEFAULT));
        private final ByteKeyTable<Instrument> instruments;
        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicLong applied = new AtomicLong();
        private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

        Books(PeerArguments told) throws MalformedPayload, IOException, InterruptedException {
            Map<String, Instrument> byStream = new HashMap<>();
            try (HttpClient http = HttpClient.newHttpClient()) {
                for (String symbol : told.symbols()) {
                    Instrument instrument = Instrument.binance(symbol);
                    byStream.put(TapePlayer.stream(symbol), instrument);
                    byte[] snapshot = told.snapshot(http, symbol).getBytes(StandardCharsets.UTF_8);
                    accept(instrument, snapshot, "rest/depth?limit=1000", 1);
                }
            }
            instruments = new ByteKeyTable<>(byStream);
        }

        /** Also returns when there will be no connection; {@link #applied} then says why. */
        void awaitOpen() throws InterruptedException {
            opened.await();
        }

        /**
         * @throws IllegalStateException if a diff did not go straight into its book
         */
        long applied() {
            String failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("books alone: " + failed);
            }
            return applied.get();
        }

        private SyncStep accept(
                Instrument instrument, byte[] payload, String stream, long receivedNanos)
                throws MalformedPayload {
            RawRecord record =
                    new RawRecord(
                            instrument,
                            payload,
                            stream,
                            "a",
                            new EpochNanos(receivedNanos),
                            ExchangeTimeUnit.MILLISECONDS);
            RecordSource source = new RecordSource(0, applied.get(), record.received().toMicros());
            return table.book(instrument)
                    .accept(BinanceDepth.decode(record), source, source.received());
        }

        @Override
        public void message(byte[] bytes, int from, int to, long receivedNanos) {
            int nameFrom = from + NAME_FROM;
            int nameTo = nameFrom;
            while (bytes[nameTo] != '"') {
                nameTo++;
            }
            Instrument instrument = instruments.find(bytes, nameFrom, nameTo);
            if (instrument == null) {
                failure.compareAndSet(null, "an event of a stream that is not followed");
                return;
            }
            byte[] payload = Arrays.copyOfRange(bytes, nameTo + DATA_AFTER_NAME, to - 1);
            try {
                SyncStep step = accept(instrument, payload, "x@depth@100ms", receivedNanos);
                if (step.fate() != Fate.APPLIED) {
                    failure.compareAndSet(null, "a diff was " + step.fate());
                }
            } catch (MalformedPayload e) {
                failure.compareAndSet(null, e.toString());
            }
            applied.lazySet(applied.get() + 1);
        }

        @Override
        public void opened(Sockets.Socket socket) {
            opened.countDown();
        }

        @Override
        public void ended(String reason) {
            failure.compareAndSet(null, "the connection ended: " + reason);
            opened.countDown();
        }
    }
}
