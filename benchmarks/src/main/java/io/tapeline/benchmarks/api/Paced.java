package io.tapeline.benchmarks.api;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Asks at even times, whatever became of the questions before. A latency is from when a question
 * was due, so that one that waits for a connection counts its wait: no coordinated omission.
 */
final class Paced {

    private static final long MOST_MICROS = 60_000_000;

    /**
     * Who asks begins cold, and so do connections: what it costs to become warm is not of interest.
     */
    private static final int UNMEASURED_SECONDS = 3;

    private final URI url;
    private final byte[] request;

    Paced(URI url) {
        this.url = url;
        this.request =
                ("GET " + url.getRawPath() + query(url) + " HTTP/1.1\r\nHost: bench\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private static String query(URI url) {
        return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    }

    /**
     * Latencies in microseconds.
     *
     * @param seconds that are measured; some more come before them
     */
    Histogram run(double perSecond, int connections, int seconds)
            throws IOException, InterruptedException {
        Histogram micros = new ConcurrentHistogram(MOST_MICROS, 3);
        AtomicLong next = new AtomicLong();
        AtomicReference<IOException> failure = new AtomicReference<>();
        long unmeasured = (long) (perSecond * UNMEASURED_SECONDS);
        long total = unmeasured + (long) (perSecond * seconds);
        long begun = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    ask(perSecond, unmeasured, total, begun, next, micros);
                                } catch (IOException e) {
                                    failure.compareAndSet(null, e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return micros;
    }

    private void ask(
            double perSecond,
            long unmeasured,
            long total,
            long begun,
            AtomicLong next,
            Histogram micros)
            throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            for (long n = next.getAndIncrement(); n < total; n = next.getAndIncrement()) {
                long due = begun + (long) (n * 1e9 / perSecond);
                long early = due - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                }
                socket.getOutputStream().write(request);
                readAnswer(in);
                long took = (System.nanoTime() - due) / 1_000;
                if (n >= unmeasured) {
                    micros.recordValue(Math.clamp(took, 0, MOST_MICROS));
                }
            }
        }
    }

    private void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(url + " answered " + status);
        }
        long length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            }
        }
        if (chunked) {
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                in.skipNBytes(size + 2L);
            }
            in.skipNBytes(2);
        } else if (length >= 0) {
            in.skipNBytes(length);
        } else {
            throw new IOException(url + " does not say how long its answer is");
        }
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended in an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
