package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.QuerySettings;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.socket.Handshake;
import io.tapeline.query.socket.Sockets;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Opens WebSockets. */
@RestController
@Tag(name = "Stream")
public final class SocketController {

    private final Sockets sockets;
    private final LiveHub hub;
    private final Live live;
    private final JsonMapper json;
    private final Clock clock;
    private final int mostSubscriptions;

    SocketController(
            Sockets sockets,
            LiveHub hub,
            Live live,
            JsonMapper json,
            Clock clock,
            QuerySettings settings) {
        this.sockets = sockets;
        this.hub = hub;
        this.live = live;
        this.json = json;
        this.clock = clock;
        this.mostSubscriptions = settings.socket().subscriptions();
    }

    @GetMapping(path = "/v1/ws")
    @Operation(
            operationId = "openSocket",
            summary = "The same over a WebSocket, with subscriptions that may change",
            description =
                    "Messages are JSON. Commands:"
                        + " {\"op\":\"subscribe\",\"types\":[\"price\",\"depth\"],\"instruments\":[\"binance:BTCUSDT\"],\"id\":1},"
                        + " likewise unsubscribe, {\"op\":\"list\"} and {\"op\":\"ping\"}; id is"
                        + " given back and may be left out. Answers:"
                        + " {\"event\":\"answer\",\"id\":1,...}, or"
                        + " {\"event\":\"problem\",\"id\":1,\"problem\":{...}} with the members of"
                        + " a problem document. What is subscribed comes as"
                        + " {\"event\":\"depth\",\"data\":{...}}, whose types and data are those of"
                        + " /v1/stream. Closed with a reason: 1001 the service shuts down, 1008 a"
                        + " limit was broken, 1013 connect again later.")
    @ApiResponse(responseCode = "101", description = "The connection is a WebSocket's.")
    @ApiResponse(responseCode = "400", description = "Not the handshake of a WebSocket.")
    public void open(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Optional<String> fault = Handshake.fault(request);
        if (fault.isPresent()) {
            throw ProblemException.invalid(
                    "handshake", fault.get(), "the handshake of RFC 6455, version 13");
        }
        LiveConversation talk = new LiveConversation(hub, live, json, clock, mostSubscriptions);
        if (!sockets.accept(request, response, talk)) {
            throw ProblemException.notReady(
                    "There are as many connections as are allowed.", Duration.ofSeconds(10));
        }
    }
}
