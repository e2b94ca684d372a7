package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.live.Change;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.live.LiveSession;
import io.tapeline.query.live.Subscription;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Server-sent events. The request's own (virtual) thread waits for changes and writes them: a
 * reader that does not take them holds up nobody but itself, and is let go when a write has waited
 * for the connection's time-out.
 */
@RestController
@Tag(name = "Stream")
public final class StreamController {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] BEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final LiveHub hub;
    private final Live live;

    StreamController(LiveHub hub, Live live) {
        this.hub = hub;
        this.live = live;
    }

    @GetMapping(path = "/v1/stream")
    @Operation(
            summary = "Prices, candles and books as they change",
            description =
                    "Server-sent events price, candle, book and depth, of which each begins with"
                        + " what is known. The data of price, candle (with venue, symbol and"
                        + " interval) and book are those of the operations of the same names: book"
                        + " is the best levels, whole, some times a second where they change. Depth"
                        + " is the book exactly: a snapshot, then every change with its update ids."
                        + " A reader that is too slow for all prices, candles and books gets the"
                        + " newest; where it is too slow for all changes of a depth, that is said"
                        + " (resync), and the book begins anew with a snapshot.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema =
                                    @Schema(
                                            oneOf = {
                                                PriceJson.class,
                                                LiveCandleJson.class,
                                                BookJson.class,
                                                DepthJson.class
                                            })))
    public void stream(
            @Parameter(
                            description =
                                    "At most 100, between commas; all where absent (not for books"
                                            + " and depth).",
                            example = "binance:BTCUSDT,binance:ETHUSDT")
                    @RequestParam(required = false)
                    @Nullable String instruments,
            @Parameter(
                            description =
                                    "price, candle, book, depth, between commas; price where"
                                            + " absent.",
                            example = "price,depth")
                    @RequestParam(required = false)
                    @Nullable String types,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        LiveQuestion question = LiveQuestion.ofParameters(types, instruments);
        if (request.getMethod().equals("HEAD")) {
            // Nothing would be written, so that nobody would notice when the client goes away.
            describe(response);
            return;
        }
        // Asking for the instruments costs questions: only who has a place may cause them.
        try (LiveSession session = hub.open().orElseThrow(StreamController::full)) {
            live.requireKnown(question.instruments());
            for (Subscription subscription : question.subscriptions()) {
                if (session.subscribe(subscription) == LiveSession.Outcome.REFUSED) {
                    throw full();
                }
            }
            send(session, response);
        }
    }

    private static ProblemException full() {
        return ProblemException.notReady(
                "There are as many subscribers, or watched books, as are allowed.",
                Duration.ofSeconds(10));
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    private static void send(LiveSession session, HttpServletResponse response) throws IOException {
        describe(response);
        OutputStream out = response.getOutputStream();
        out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
        try {
            while (!session.isClosed()) {
                List<Change> changes = session.take(HEARTBEAT);
                if (changes.isEmpty()) {
                    out.write(BEAT);
                }
                for (Change change : changes) {
                    out.write(change.event());
                }
                response.flushBuffer();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
