package io.tapeline.aggregator.query;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers 503 until there is something to answer from. */
final class WhenReady extends Handler.Abstract.NonBlocking {

    private final AtomicReference<@Nullable Handler> questions;

    WhenReady(AtomicReference<@Nullable Handler> questions) {
        this.questions = questions;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler ready = questions.get();
        if (ready != null) {
            return ready.handle(request, response, callback);
        }
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        callback.succeeded();
        return true;
    }
}
