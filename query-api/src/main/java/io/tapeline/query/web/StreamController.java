package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.live.Change;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.live.LiveType;
import io.tapeline.query.live.Subscriber;
import io.tapeline.schemas.market.Instrument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final int MOST_INSTRUMENTS = 100;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] BEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final LiveHub hub;
    private final FirstLook firstLook;

    StreamController(LiveHub hub, FirstLook firstLook) {
        this.hub = hub;
        this.firstLook = firstLook;
    }

    @GetMapping(path = "/v1/stream")
    @Operation(
            summary = "Prices, candles and books as they change",
            description =
                    "Server-sent events price, candle and book, whose data are those of the"
                        + " operations of the same names (a candle with venue, symbol and"
                        + " interval). Begins with the price and the book of the named instruments."
                        + " A reader that is too slow gets the newest, not all.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(implementation = String.class)))
    public void stream(
            @Parameter(
                            description =
                                    "At most 100, between commas; all where absent (not for"
                                            + " books).",
                            example = "binance:BTCUSDT,binance:ETHUSDT")
                    @RequestParam(required = false)
                    @Nullable String instruments,
            @Parameter(
                            description =
                                    "price, candle, book, between commas; price where absent.",
                            example = "price,book")
                    @RequestParam(required = false)
                    @Nullable String types,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Set<LiveType> wantedTypes = types(types);
        Set<Instrument> wanted = instruments(instruments);
        if (wanted == null && wantedTypes.contains(LiveType.BOOK)) {
            throw Parameters.missing("instruments", "the instruments whose books are wanted");
        }
        if (request.getMethod().equals("HEAD")) {
            // Nothing would be written, so that nobody would notice when the client goes away.
            describe(response);
            return;
        }
        // Asking for the instruments costs questions: only who has a place may cause them.
        Subscriber subscriber =
                hub.subscribe(wantedTypes, wanted)
                        .orElseThrow(() ->
                                ProblemException.notReady(
                                        "There are as many subscribers, or watched books, as"
                                                + " are allowed.",
                                        Duration.ofSeconds(10)));
        try {
            if (wanted != null) {
                firstLook.requireKnown(wanted);
                firstLook.offer(wanted, wantedTypes, subscriber);
            }
            send(subscriber, response);
        } finally {
            hub.unsubscribe(subscriber);
        }
    }

    private static void describe(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    private static void send(Subscriber subscriber, HttpServletResponse response)
            throws IOException {
        describe(response);
        OutputStream out = response.getOutputStream();
        out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
        try {
            while (!subscriber.isClosed()) {
                List<Change> changes = subscriber.take(HEARTBEAT);
                if (changes.isEmpty() && !subscriber.isClosed()) {
                    out.write(BEAT);
                }
                for (Change change : changes) {
                    out.write(event(change));
                }
                response.flushBuffer();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] event(Change change) {
        return ("event: " + change.type().id() + "\ndata: " + change.json() + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Set<LiveType> types(@Nullable String text) {
        Set<LiveType> types = EnumSet.noneOf(LiveType.class);
        String[] words = Arrays.stream(LiveType.values()).map(LiveType::id).toArray(String[]::new);
        for (String word : Parameters.list("types", text, words.length)) {
            Parameters.word("types", word, words);
            Arrays.stream(LiveType.values())
                    .filter(type -> type.id().equals(word))
                    .forEach(types::add);
        }
        return types.isEmpty() ? EnumSet.of(LiveType.PRICE) : types;
    }

    private static @Nullable Set<Instrument> instruments(@Nullable String text) {
        return text == null
                ? null
                : Parameters.list("instruments", text, MOST_INSTRUMENTS).stream()
                        .map(id -> Parameters.instrumentId("instruments", id))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
