package io.tapeline.query.mirror.stream;

import io.tapeline.query.socket.Handshake;
import io.tapeline.query.socket.Sockets;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code /ws}, {@code /ws/...} and {@code /stream}: what the address asks for is looked at before
 * there is a socket, so that what is wrong is answered over HTTP.
 */
final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final int UPGRADE_REQUIRED = 426;
    private static final int UNAVAILABLE = 503;

    private final transient Sockets sockets;
    private final transient Talks talks;

    StreamServlet(Sockets sockets, Talks talks) {
        this.sockets = sockets;
        this.talks = talks;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Optional<String> fault = Handshake.fault(request);
        if (fault.isPresent()) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Sec-WebSocket-Version", "13");
            refuse(response, UPGRADE_REQUIRED, ControlMessage.error(-1020, fault.get() + "."));
            return;
        }
        switch (StreamAddress.of(request.getRequestURI(), request.getQueryString())) {
            case StreamAddress.Refused(String body) ->
                    refuse(response, HttpServletResponse.SC_BAD_REQUEST, body);
            case StreamAddress.Wanted wanted -> {
                if (!sockets.accept(request, response, talks.talk(wanted))) {
                    response.setHeader("Retry-After", "10");
                    refuse(
                            response,
                            UNAVAILABLE,
                            ControlMessage.error(-1034, "Too many connections are open."));
                }
            }
        }
    }

    private static void refuse(HttpServletResponse response, int status, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
