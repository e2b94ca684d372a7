package io.tapeline.query.mirror;

import io.tapeline.query.guard.Charge;
import io.tapeline.query.guard.Refusal;
import io.tapeline.query.guard.Room;
import io.tapeline.query.guard.Tariff;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the mirror's paths cost, and how the exchange words its refusals (EXCHANGES A.6, A.7). */
public final class MirrorTariff implements Tariff {

    private static final String USED = "X-MBX-USED-WEIGHT-1M";
    private static final Charge HANDSHAKE = Charge.of(2, Room.SOCKET);

    @Override
    public boolean covers(String path) {
        return path.startsWith("/api/") || isSocket(path);
    }

    private static boolean isSocket(String path) {
        return path.equals("/ws")
                || path.startsWith("/ws/")
                || path.equals("/stream")
                || path.startsWith("/stream/");
    }

    @Override
    public Charge of(String path, HttpServletRequest request) {
        if (isSocket(path)) {
            return HANDSHAKE;
        }
        int weight = RequestWeight.of(path, request.getQueryString());
        return Charge.of(weight, room(path, request.getQueryString()));
    }

    private static Room room(String path, @Nullable String query) {
        if (path.endsWith("/klines") || path.endsWith("/uiKlines")) {
            return Room.HISTORY;
        }
        boolean isOfMany = path.contains("/ticker") && !RequestWeight.isOfOne(query);
        return isOfMany || path.endsWith("/exchangeInfo") ? Room.LISTS : Room.STATE;
    }

    @Override
    public String usedWeightHeader() {
        return USED;
    }

    @Override
    public void refuse(
            Refusal refusal,
            String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        byte[] body =
                new ExchangeJson(TimeUnitAsked.MILLISECOND)
                        .open('{')
                        .name("code")
                        .number(code(refusal))
                        .name("msg")
                        .text(message(refusal))
                        .close('}')
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static int code(Refusal refusal) {
        return switch (refusal) {
            case Refusal.TooMuchWeight _ -> -1003;
            case Refusal.TooManyConnections _ -> -1034;
            case Refusal.NoRoom _ -> -1008;
            case Refusal.NoKey _ -> -2015;
            case Refusal.UnknownHost _ -> -1002;
        };
    }

    private static String message(Refusal refusal) {
        return switch (refusal) {
            case Refusal.TooMuchWeight(_, int limit, _) ->
                    "Too much request weight used; current limit is "
                            + limit
                            + " request weight per 1 MINUTE. Please use WebSocket Streams for live"
                            + " updates to avoid polling the API.";
            case Refusal.TooManyConnections(int limit, _) ->
                    "Too many connections; current limit is " + limit + " connections.";
            case Refusal.NoRoom _ ->
                    "Server is currently overloaded with other requests. Please try again in a few"
                            + " minutes.";
            case Refusal.NoKey _ -> "Invalid API-key, IP, or permissions for action.";
            case Refusal.UnknownHost(String allowed) ->
                    "You are not authorized to execute this request: hosts are "
                            + allowed
                            + "; tapeline.guard.allowed-hosts adds others.";
        };
    }
}
