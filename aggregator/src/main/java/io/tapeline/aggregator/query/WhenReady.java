package io.tapeline.aggregator.query;

import io.tapeline.schemas.access.PageRequest;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.trace.RequestId;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers who knows the secret and is no page in a browser, others with 403; and 503 until there is
 * something to answer from. While a question is answered, its id, if it came with one, is in the
 * log's context.
 */
final class WhenReady extends Handler.Abstract.NonBlocking {

    private static final Logger LOG = LoggerFactory.getLogger(WhenReady.class);

    private final SharedSecret secret;
    private final AtomicReference<@Nullable Handler> questions;

    WhenReady(SharedSecret secret, AtomicReference<@Nullable Handler> questions) {
        this.secret = secret;
        this.questions = questions;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!secret.admits(request.getHeaders().get(SharedSecret.HEADER))
                || PageRequest.isOne(request.getHeaders()::get)) {
            response.setStatus(HttpStatus.FORBIDDEN_403);
            callback.succeeded();
            return true;
        }
        Handler ready = questions.get();
        if (ready != null) {
            return answer(ready, request, response, callback);
        }
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        callback.succeeded();
        return true;
    }

    private static boolean answer(
            Handler ready, Request request, Response response, Callback callback) throws Exception {
        String id = request.getHeaders().get(RequestId.HEADER);
        if (id == null || !RequestId.isSane(id)) {
            return ready.handle(request, response, callback);
        }
        try (MDC.MDCCloseable _ = MDC.putCloseable(RequestId.LOGGED, id)) {
            LOG.atDebug().addKeyValue("path", request.getHttpURI().getPath()).log("Asked");
            return ready.handle(request, response, callback);
        }
    }
}
