package io.tapeline.query.mirror.stream;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * {@code /ws}, {@code /ws/...} and {@code /stream}: what the address asks for is looked at before
 * there is a socket, so that what is wrong is answered over HTTP. The mirror's names of streams are
 * as many path segments as a client likes, which endpoints' own templates cannot say.
 */
final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String CONTAINER = ServerContainer.class.getName();

    private final transient Connections connections;
    private final transient LongSupplier nanoTime;

    StreamServlet(Connections connections, LongSupplier nanoTime) {
        this.connections = connections;
        this.nanoTime = nanoTime;
    }

    /**
     * Hands out the one endpoint, and negotiates no extension: compressing costs more than it
     * saves.
     */
    private static final class OneEndpoint extends ServerEndpointConfig.Configurator {
        private final Endpoint endpoint;

        OneEndpoint(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(endpoint);
        }

        @Override
        public List<Extension> getNegotiatedExtensions(
                List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            refuse(response, 426, ControlMessage.error(-1020, "This path is for WebSocket."));
            return;
        }
        switch (Handshake.of(request.getRequestURI(), request.getQueryString())) {
            case Handshake.Refused(String body) -> refuse(response, 400, body);
            case Handshake.Wanted wanted -> {
                if (connections.take()) {
                    upgrade(request, response, wanted);
                } else {
                    response.setHeader("Retry-After", "10");
                    refuse(
                            response,
                            503,
                            ControlMessage.error(-1034, "Too many connections are open."));
                }
            }
        }
    }

    private void upgrade(
            HttpServletRequest request, HttpServletResponse response, Handshake.Wanted wanted)
            throws IOException, ServletException {
        ServerContainer container =
                (ServerContainer) request.getServletContext().getAttribute(CONTAINER);
        ServerEndpointConfig config =
                ServerEndpointConfig.Builder.create(StreamEndpoint.class, "/")
                        .configurator(
                                new OneEndpoint(new StreamEndpoint(connections, wanted, nanoTime)))
                        .build();
        boolean upgraded = false;
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
            upgraded = response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
        } catch (DeploymentException e) {
            throw new ServletException(e);
        } finally {
            if (!upgraded) {
                connections.giveBack();
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
