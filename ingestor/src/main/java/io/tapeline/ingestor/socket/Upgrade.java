package io.tapeline.ingestor.socket;

import io.tapeline.ingestor.connection.Sockets;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/** One attempt at a WebSocket; tells the status where it is refused. */
final class Upgrade extends CoreClientUpgradeRequest {

    /** Up to three years. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,8}");

    private final FrameHandler handler;
    private final Sockets.Listener listener;

    Upgrade(
            WebSocketCoreClient client,
            URI address,
            FrameHandler handler,
            Sockets.Listener listener) {
        super(client, address);
        this.handler = handler;
        this.listener = listener;
    }

    @Override
    public FrameHandler getFrameHandler() {
        return handler;
    }

    @Override
    public void onComplete(Result result) {
        @Nullable Response response = result.getResponse();
        if (response != null && response.getStatus() >= HttpStatus.BAD_REQUEST_400) {
            listener.refused(response.getStatus(), retryAfter(response));
        }
        super.onComplete(result);
    }

    /** Zero if it is absent, or a date, which the exchange does not use (EXCHANGES.md A.7). */
    private static Duration retryAfter(Response response) {
        String seconds = response.getHeaders().get(HttpHeader.RETRY_AFTER);
        return seconds != null && SECONDS.matcher(seconds).matches()
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }
}
