package io.tapeline.standalone;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookCount;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.LineStatus;
import io.tapeline.schemas.proto.PartitionLag;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line a minute that says how it goes, asked of the parts' own status. */
final class StatusLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("tapeline");
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Counters of the ingestor, by the names of its status. */
    static final String RECEIVED = "events";

    static final String DROPPED = "dropped";
    static final String FAILED = "failed";

    private final Standalone tapeline;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("status-line").daemon().factory());
    private long receivedBefore;

    private StatusLine(Standalone tapeline) {
        this.tapeline = tapeline;
    }

    static StatusLine start(Standalone tapeline) {
        StatusLine line = new StatusLine(tapeline);
        var _ =
                line.clock.scheduleAtFixedRate(
                        line::print, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
        return line;
    }

    private void print() {
        try {
            IngestorStatus in = ask(tapeline.ingestor(), IngestorStatus.parser());
            AggregatorStatus state = ask(tapeline.aggregator(), AggregatorStatus.parser());
            long received = in.getCountersOrThrow(RECEIVED);
            LOG.atInfo()
                    .addKeyValue(
                            "streams",
                            in.getLinesList().stream().mapToInt(LineStatus::getStreams).sum())
                    .addKeyValue("eventsPerSecond", (received - receivedBefore) / EVERY.toSeconds())
                    .addKeyValue("prices", state.getPrices())
                    .addKeyValue("books", books(state))
                    .addKeyValue("lag", lag(state))
                    .addKeyValue("newestEventAgeMs", age(state))
                    .addKeyValue(
                            "lost", in.getCountersOrThrow(DROPPED) + in.getCountersOrThrow(FAILED))
                    .log("Tapeline");
            receivedBefore = received;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("Tapeline: a part does not tell its status");
        }
    }

    private <M> M ask(URI base, Parser<M> parser) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve("/internal/status")).timeout(PATIENCE);
        tapeline.secret().told().ifPresent(told -> request.header(SharedSecret.HEADER, told));
        HttpResponse<byte[]> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(base + " answered " + response.statusCode());
        }
        try {
            return parser.parseFrom(response.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(base + " answered what is no status", e);
        }
    }

    private static String books(AggregatorStatus state) {
        return state.getBooksList().stream()
                .map(StatusLine::count)
                .collect(Collectors.joining(", "));
    }

    private static String count(BookCount count) {
        return count.getBooks() + " " + count.getState();
    }

    private static long lag(AggregatorStatus state) {
        return state.getLagsList().stream().mapToLong(StatusLine::behind).sum();
    }

    private static long behind(PartitionLag lag) {
        return Math.max(0, lag.getEnd() - lag.getPosition());
    }

    private static long age(AggregatorStatus state) {
        return Duration.between(Instant.EPOCH, Instant.now()).toMillis()
                - state.getNewestEventUs() / 1_000;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.close();
    }
}
