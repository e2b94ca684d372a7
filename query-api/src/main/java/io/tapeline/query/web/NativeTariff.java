package io.tapeline.query.web;

import io.tapeline.query.guard.Charge;
import io.tapeline.query.guard.Refusal;
import io.tapeline.query.guard.Room;
import io.tapeline.query.guard.Tariff;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Of the native API, the page and whatever no other face covers. Weights are those of the exchange
 * for the like (EXCHANGES A.6); the page's files cost nothing.
 */
final class NativeTariff implements Tariff {

    static final String USED_WEIGHT = "X-Used-Weight-1M";

    private static final String API = "/v1/";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Charge ORDER = new Charge(100, Room.HISTORY, true);
    private static final Charge FILE = Charge.of(0, Room.STATE);
    private static final Charge PING = Charge.of(1, Room.STATE);
    private static final Charge ONE = Charge.of(2, Room.STATE);
    private static final Charge HANDSHAKE = Charge.of(2, Room.SOCKET);

    private static final Pattern DEPTH = Pattern.compile("depth=[0-9]{1,4}");

    private final JsonMapper json;

    NativeTariff(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean covers(String path) {
        return true;
    }

    @Override
    public Charge of(String path, HttpServletRequest request) {
        if (path.startsWith(API)) {
            return READING.contains(request.getMethod())
                    ? reading(path.substring(API.length()), request.getQueryString())
                    : ORDER;
        }
        return path.equals("/ping") ? PING : FILE;
    }

    /** A switch on the operation's name; an operation that is not there costs least. */
    private static Charge reading(String rest, @Nullable String query) {
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        boolean isOfAll = slash < 0;
        return switch (name) {
            case "prices" ->
                    isOfAll
                            ? Charge.of(4, Room.LISTS)
                            : rest.endsWith("/history") ? Charge.of(4, Room.HISTORY) : ONE;
            case "instruments" -> Charge.of(20, Room.LISTS);
            case "books" -> isBook(rest) ? Charge.of(ofDepth(query), Room.STATE) : ONE;
            case "klines" -> Charge.of(2, Room.HISTORY);
            case "gaps" -> Charge.of(10, Room.HISTORY);
            case "completeness" -> Charge.of(20, Room.HISTORY);
            case "status" -> Charge.of(10, Room.STATE);
            case "stream" -> Charge.of(2, Room.LIVE);
            case "ws" -> HANDSHAKE;
            default -> ONE;
        };
    }

    /** books/venue/symbol, and nothing after it. */
    private static boolean isBook(String rest) {
        int symbol = rest.indexOf('/', "books/".length());
        return symbol > 0 && rest.indexOf('/', symbol + 1) < 0;
    }

    /** The query is raw; one that hides something costs as much as there is. */
    private static int ofDepth(@Nullable String query) {
        if (query == null) {
            return 5;
        }
        if (!DEPTH.matcher(query).matches()) {
            return 250;
        }
        int depth = Integer.parseInt(query.substring("depth=".length()));
        return depth <= 100 ? 5 : depth <= 500 ? 25 : depth <= 1_000 ? 50 : 250;
    }

    @Override
    public String usedWeightHeader() {
        return USED_WEIGHT;
    }

    @Override
    public void refuse(
            Refusal refusal,
            String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setContentType(Problem.MEDIA_TYPE);
        json.writeValue(response.getOutputStream(), problem(refusal).of(requestId));
    }

    private static Problem problem(Refusal refusal) {
        int status = refusal.status();
        return switch (refusal) {
            case Refusal.TooMuchWeight(int used, int limit, _) ->
                    Problem.of(
                            status,
                            "too-much-weight",
                            "Too much weight",
                            "This client has used "
                                    + used
                                    + " of the weight of "
                                    + limit
                                    + " that it has in a minute, and this question does not fit."
                                    + " Streams cost less than asking again and again.");
            case Refusal.TooManyConnections(int limit, _) ->
                    Problem.of(
                            status,
                            "too-many-connections",
                            "Too many connections",
                            "This client has as many live connections as it may: " + limit + ".");
            case Refusal.NoRoom _ ->
                    Problem.of(
                            status,
                            "overloaded",
                            "Overloaded",
                            "More questions of this kind are being answered than are allowed at a"
                                    + " time.");
            case Refusal.NoKey(boolean wrong) ->
                    Problem.of(
                            status,
                            "api-key",
                            "API key",
                            wrong
                                    ? "The API key is not known here."
                                    : "This needs an API key, as X-API-Key or as a Bearer token.");
            case Refusal.UnknownHost(String allowed) ->
                    Problem.of(
                            status,
                            "unknown-host",
                            "Unknown host",
                            "This server does not answer to that name of a host. It does to "
                                    + allowed
                                    + "; tapeline.guard.allowed-hosts adds others.");
        };
    }
}
