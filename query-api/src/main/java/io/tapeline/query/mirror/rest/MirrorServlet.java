package io.tapeline.query.mirror.rest;

import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.RequestWeight;
import io.tapeline.query.mirror.TimeUnitAsked;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything under {@code /api/v3/}. A servlet of its own rather than a controller: refusals of any
 * kind, an unknown path's too, are the exchange's and not problem documents.
 */
final class MirrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(MirrorServlet.class);
    private static final Duration HISTORY_AGAIN = Duration.ofSeconds(5);
    private static final String USED = "X-MBX-USED-WEIGHT-1M";

    private final transient Operations operations;
    private final transient UsedWeight used;

    MirrorServlet(Operations operations, UsedWeight used) {
        this.operations = operations;
        this.used = used;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getRequestURI();
        int weight = RequestWeight.of(path, request.getQueryString());
        tellWeight(response, used.add(request.getRemoteAddr(), weight));
        Reply reply = new Reply();
        try {
            TimeUnitAsked unit = unit(request);
            ExchangeJson out = new ExchangeJson(unit, 1_024);
            answer(request, path, out, reply);
            send(response, 200, reply, out.toString());
        } catch (Refusal refusal) {
            refuse(response, reply, refusal);
        } catch (HistoryUnavailableException e) {
            LOG.atWarn().setCause(e).log("mirror: the history does not answer");
            refuse(
                    response,
                    reply,
                    Refusal.unavailable("the history does not answer", HISTORY_AGAIN));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("mirror: a request failed");
            refuse(response, reply, Refusal.failed());
        }
    }

    private void answer(HttpServletRequest request, String path, ExchangeJson out, Reply reply) {
        // As it was sent, so that what is answered is what was weighed: "/api/v3;depth" is neither.
        if (!path.startsWith(RequestWeight.ROOT)) {
            throw Refusal.noSuchPath();
        }
        Operation operation =
                operations
                        .at(path.substring(RequestWeight.ROOT.length()))
                        .orElseThrow(Refusal::noSuchPath);
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw Refusal.method();
        }
        Query query = Query.of(request.getQueryString(), operation.parameters());
        operation.answering().answer(query, out, reply);
    }

    private static TimeUnitAsked unit(HttpServletRequest request) {
        String asked = request.getHeader("X-MBX-TIME-UNIT");
        return asked == null
                ? TimeUnitAsked.MILLISECOND
                : TimeUnitAsked.of(asked).orElseThrow(Refusal::timeUnit);
    }

    /** Unless somebody before has told it, who counts more than the mirror's requests. */
    private static void tellWeight(HttpServletResponse response, long weight) {
        String told = response.getHeader(USED);
        if (told == null) {
            told = Long.toString(weight);
            response.setHeader(USED, told);
        }
        response.setHeader("X-MBX-USED-WEIGHT", told);
    }

    private static void refuse(HttpServletResponse response, Reply reply, Refusal refusal)
            throws IOException {
        Duration after = refusal.retryAfter();
        if (after != null) {
            response.setHeader("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
        }
        if (!refusal.why().isEmpty()) {
            response.setHeader("Tapeline-Reason", refusal.why());
        }
        if (refusal.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", "GET, HEAD");
        }
        send(response, refusal.status(), reply, refusal.body());
    }

    private static void send(HttpServletResponse response, int status, Reply reply, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        reply.headers().forEach(response::setHeader);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
