package io.tapeline.ingestor.http;

import com.sun.net.httpserver.HttpExchange;
import io.tapeline.ingestor.collect.CandleJobs;
import io.tapeline.ingestor.collect.CandleJobs.Admission;
import io.tapeline.ingestor.collect.Order;
import io.tapeline.ingestor.http.InternalServer.Reply;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.JobStatus;
import io.tapeline.schemas.proto.JobStatuses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Bulk jobs. Parameters stand in the query, or as a form in the body.
 *
 * <pre>
 * POST   /internal/jobs?venue=binance&amp;interval=1m&amp;limit=500              newest candles of all pairs
 * POST   /internal/jobs?...&amp;symbols=BTCUSDT,ETHUSDT                        of these
 * POST   /internal/jobs?venue=binance&amp;interval=1m&amp;symbol=BTCUSDT&amp;from=&amp;to=  all of a range
 * GET    /internal/jobs          all jobs
 * GET    /internal/jobs/{id}     one
 * DELETE /internal/jobs/{id}     stops it
 * POST   /internal/jobs/{id}     lets it go on where it stood, or try its failures again
 * </pre>
 *
 * {@code from} and {@code to} are open times in RFC 3339, both inclusive.
 */
public final class JobRequests {

    static final String PATH = "/internal/jobs";

    private static final int DEFAULT_LIMIT = 500;

    /** Ten thousand symbols. */
    private static final int MOST_BODY_BYTES = 256 << 10;

    private static final Set<String> PARAMETERS =
            Set.of("venue", "interval", "limit", "symbols", "symbol", "from", "to");

    private final CandleJobs jobs;
    private final Supplier<Set<Instrument>> followed;

    /**
     * @param followed the pairs that are meant by all
     */
    public JobRequests(CandleJobs jobs, Supplier<Set<Instrument>> followed) {
        this.jobs = jobs;
        this.followed = followed;
    }

    static boolean isPathOf(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    Reply answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        if (path.equals(PATH)) {
            return switch (method) {
                case "GET" ->
                        new Reply.Found(JobStatuses.newBuilder().addAllItems(jobs.all()).build());
                case "POST" -> start(exchange);
                default -> new Reply.Not(405, "method: only GET and POST are allowed");
            };
        }
        String id = path.substring(PATH.length() + 1);
        return switch (method) {
            case "GET" -> found(jobs.find(id));
            case "DELETE" -> found(jobs.cancel(id));
            case "POST" ->
                    jobs.resume(id).map(JobRequests::admitted).orElse(found(Optional.empty()));
            default -> new Reply.Not(405, "method: only GET, POST and DELETE are allowed");
        };
    }

    private static Reply found(Optional<JobStatus> status) {
        return status.<Reply>map(Reply.Found::new)
                .orElse(new Reply.Not(404, "id: there is no such job"));
    }

    private static Reply admitted(Admission admission) {
        return switch (admission) {
            case Admission.Started(JobStatus status) ->
                    new Reply.Made(status, PATH + "/" + status.getId());
            case Admission.Full(String reason) -> new Reply.Not(429, reason);
        };
    }

    private Reply start(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
        if (body.length > MOST_BODY_BYTES) {
            return new Reply.Not(413, "body: more than " + MOST_BODY_BYTES + " bytes");
        }
        Order order;
        try {
            String query = exchange.getRequestURI().getRawQuery();
            String form = new String(body, StandardCharsets.UTF_8).strip();
            order = order(QueryParameters.of(query == null ? form : joined(query, form)));
        } catch (IllegalArgumentException e) {
            return new Reply.Not(400, String.valueOf(e.getMessage()));
        }
        return admitted(jobs.start(order));
    }

    private static String joined(String query, String form) {
        return form.isEmpty() ? query : query + "&" + form;
    }

    private Order order(QueryParameters parameters) {
        Set<String> unknown = new TreeSet<>(parameters.values().keySet());
        unknown.removeAll(PARAMETERS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    unknown + ": not one of " + new TreeSet<>(PARAMETERS));
        }
        Venue venue = Venue.of(parameters.text("venue").orElse(Venue.BINANCE.id()));
        if (venue != Venue.BINANCE) {
            throw new IllegalArgumentException("venue: only binance has candles");
        }
        Interval interval = Interval.of(parameters.text("interval").orElse("1m"));
        boolean range =
                parameters.text("from").isPresent()
                        || parameters.text("to").isPresent()
                        || parameters.text("symbol").isPresent();
        return range ? range(interval, parameters) : newest(interval, parameters);
    }

    private static Order range(Interval interval, QueryParameters parameters) {
        for (String other : Set.of("limit", "symbols")) {
            if (parameters.text(other).isPresent()) {
                throw new IllegalArgumentException(
                        other + ": not allowed with symbol, from and to");
            }
        }
        return new Order.Range(
                Instrument.binance(required(parameters.text("symbol"), "symbol")),
                interval,
                EpochMicros.of(required(parameters.time("from"), "from")),
                EpochMicros.of(required(parameters.time("to"), "to")));
    }

    private static <T> T required(Optional<T> value, String name) {
        return value.orElseThrow(
                () -> new IllegalArgumentException(name + ": wanted with symbol, from and to"));
    }

    private Order newest(Interval interval, QueryParameters parameters) {
        int limit = parameters.number("limit", DEFAULT_LIMIT, 1, RestRequest.Klines.MOST);
        Optional<String> symbols = parameters.text("symbols");
        Set<Instrument> pairs = new LinkedHashSet<>();
        if (symbols.isPresent()) {
            Arrays.stream(symbols.get().split(",", -1))
                    .map(String::strip)
                    .map(Instrument::binance)
                    .forEach(pairs::add);
        } else {
            pairs.addAll(followed.get());
            if (pairs.isEmpty()) {
                throw new IllegalArgumentException(
                        "symbols: none is given, and the exchange's list has not come yet");
            }
        }
        return new Order.Newest(interval, limit, pairs);
    }
}
