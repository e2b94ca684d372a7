package io.tapeline.aggregator.query;

import com.google.protobuf.Message;
import io.tapeline.aggregator.book.TakerSide;
import io.tapeline.aggregator.book.VolumeOperator;
import io.tapeline.aggregator.query.QueryParameters.Refused;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.AggregatorStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/**
 * {@code GET /internal/...}: paths and parameters to questions, outcomes to status codes; {@code
 * /internal/feed} is {@link FeedHandler}'s. Answers come from memory and local disk, so that it
 * never blocks its selector thread for long.
 */
final class QueryHandler extends Handler.Abstract.NonBlocking {

    private static final String ROOT = "internal";

    /**
     * Of an answer, or a routing table, that is better than none, though another instance may have
     * a newer one.
     */
    private static final String BEHIND = "Tapeline-Behind";

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String PLAIN = "text/plain;charset=utf-8";
    private static final int DEFAULT_DEPTH = 100;
    private static final int MOST_DEPTH = 5_000;
    private static final int DEFAULT_CANDLES = 500;
    private static final int MOST_CANDLES = 5_000;
    private static final String DECIMAL = "a decimal, such as 61855.30";

    private final Routing routing;
    private final Currency currency;
    private final MarketQueries market;
    private final BookQueries books;
    private final Supplier<AggregatorStatus> status;
    private final FeedHandler feed;

    QueryHandler(
            Routing routing,
            Currency currency,
            MarketQueries market,
            BookQueries books,
            Supplier<AggregatorStatus> status,
            FeedHandler feed) {
        this.routing = routing;
        this.currency = currency;
        this.market = market;
        this.books = books;
        this.status = status;
        this.feed = feed;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (feed.handles(request)) {
            feed.handle(request, response, callback);
            return true;
        }
        if (!HttpMethod.GET.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.GET.asString());
            refuse(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "method: allowed: GET");
            return true;
        }
        try {
            String[] path = request.getHttpURI().getPath().substring(1).split("/", -1);
            if (path.length < 2 || !path[0].equals(ROOT)) {
                notFound(response, callback);
            } else if (path.length <= 2) {
                whole(path[1], response, callback);
            } else {
                QueryParameters parameters =
                        new QueryParameters(Request.extractQueryParameters(request));
                ofInstrument(path, parameters, response, callback);
            }
        } catch (Refused | BadMessageException e) {
            refuse(response, callback, HttpStatus.BAD_REQUEST_400, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void whole(String what, Response response, Callback callback) {
        switch (what) {
            case "routing" -> sendTable(response, callback, HttpStatus.OK_200);
            case "status" -> send(response, callback, HttpStatus.OK_200, status.get());
            case "prices" ->
                    write(response, callback, HttpStatus.OK_200, PROTOBUF, market.priceList());
            case "tickers" -> send(response, callback, HttpStatus.OK_200, market.allTickers());
            case "books" -> send(response, callback, HttpStatus.OK_200, books.bests());
            default -> notFound(response, callback);
        }
    }

    private void ofInstrument(
            String[] path, QueryParameters parameters, Response response, Callback callback)
            throws Refused {
        if (path.length < 4) {
            notFound(response, callback);
            return;
        }
        Venue venue =
                QueryParameters.read("venue", path[2], "binance, deribit, coingecko", Venue::of);
        Instrument instrument =
                QueryParameters.read(
                        "symbol",
                        path[3],
                        "1 to 64 characters, percent-encoded UTF-8",
                        symbol -> new Instrument(venue, URIUtil.decodePath(symbol)));
        String what = path[1] + "/" + String.join("/", Arrays.asList(path).subList(4, path.length));
        switch (what) {
            case "prices/" -> answer(response, callback, market.price(instrument));
            case "tickers/" -> answer(response, callback, market.ticker(instrument));
            case "candles/" ->
                    answer(
                            response,
                            callback,
                            market.candles(
                                    instrument,
                                    parameters.required(
                                            "interval", "1s, 1m, ..., 1M", Interval::of),
                                    parameters.number("limit", DEFAULT_CANDLES, MOST_CANDLES)));
            case "books/" ->
                    answer(
                            response,
                            callback,
                            books.book(
                                    instrument,
                                    parameters.number("depth", DEFAULT_DEPTH, MOST_DEPTH)));
            case "books/volume" ->
                    answer(
                            response,
                            callback,
                            books.volume(
                                    instrument,
                                    parameters.required("side", "bid, ask", QueryHandler::side),
                                    parameters.required(
                                            "operator", "eq, lte, gte", VolumeOperator::of),
                                    parameters.required("price", DECIMAL, Price::of)));
            case "books/quote" ->
                    answer(
                            response,
                            callback,
                            books.quote(
                                    instrument,
                                    parameters.required("side", "buy, sell", TakerSide::of),
                                    parameters.required(
                                            "quantity",
                                            "a decimal above zero",
                                            QueryHandler::positive)));
            default -> {
                if (path.length == 6 && path[1].equals("books") && path[4].equals("levels")) {
                    Price price =
                            QueryParameters.read(
                                    "price",
                                    path[5],
                                    DECIMAL,
                                    text -> Price.of(URIUtil.decodePath(text)));
                    answer(response, callback, books.level(instrument, price));
                } else {
                    notFound(response, callback);
                }
            }
        }
    }

    private static Side side(String id) {
        return switch (id) {
            case "bid" -> Side.BID;
            case "ask" -> Side.ASK;
            default -> throw new IllegalArgumentException(id);
        };
    }

    private static Quantity positive(String text) {
        Quantity quantity = Quantity.of(text);
        if (quantity.value().signum() <= 0) {
            throw new IllegalArgumentException(text);
        }
        return quantity;
    }

    private void answer(
            Response response, Callback callback, QueryOutcome<? extends Message> outcome) {
        switch (outcome) {
            case QueryOutcome.Found<? extends Message>(Message answer) ->
                    send(response, callback, HttpStatus.OK_200, answer);
            case QueryOutcome.Behind<? extends Message>(Message answer) -> {
                response.getHeaders().put(BEHIND, "true");
                send(response, callback, HttpStatus.OK_200, answer);
            }
            case QueryOutcome.Absent<? extends Message> _ ->
                    refuse(
                            response,
                            callback,
                            HttpStatus.NOT_FOUND_404,
                            "instrument: not known here");
            case QueryOutcome.NotReady<? extends Message> notReady -> {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
                refuse(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, notReady.text());
            }
            case QueryOutcome.OwnedByOther<? extends Message> _ ->
                    sendTable(response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
        }
    }

    private void sendTable(Response response, Callback callback, int code) {
        if (!currency.isHeard()) {
            response.getHeaders().put(BEHIND, "true");
        }
        send(response, callback, code, routing.table());
    }

    private static void notFound(Response response, Callback callback) {
        refuse(response, callback, HttpStatus.NOT_FOUND_404, "path: no such resource");
    }

    private static void send(Response response, Callback callback, int code, Message body) {
        write(response, callback, code, PROTOBUF, body.toByteArray());
    }

    static void refuse(Response response, Callback callback, int code, String reason) {
        write(response, callback, code, PLAIN, reason.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(
            Response response, Callback callback, int code, String type, byte[] body) {
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
