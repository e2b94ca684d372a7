package io.tapeline.query.web;

import io.tapeline.query.guard.RequestIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the web server itself refuses (a request line that is none, headers too large, a path that
 * cannot be decoded) as a problem document instead of a page. Named to Tomcat by its class.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private final JsonMapper json = JsonMapper.shared();

    /** A version or an encoding that does not exist is a fault of the one who asks. */
    private static int refusal(int status) {
        return status == 501 || status == 505 ? 400 : status;
    }

    @Override
    protected void report(
            @Nullable Request request, Response response, @Nullable Throwable throwable) {
        int status = refusal(response.getStatus());
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem =
                status < 500
                        ? ProblemAdvice.ofStatus(HttpStatusCode.valueOf(status))
                        : Problem.of(
                                status,
                                "internal-error",
                                "Internal error",
                                "The request could not be answered.");
        try {
            response.setStatus(status);
            response.setContentType(Problem.MEDIA_TYPE);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cache-Control", "no-store");
            String id = response.getHeader(RequestIds.HEADER);
            if (id == null) {
                id = RequestIds.next();
                response.setHeader(RequestIds.HEADER, id);
            }
            byte[] body = json.writeValueAsString(problem.of(id)).getBytes(StandardCharsets.UTF_8);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The connection is gone or its answer has begun: there is no one to tell.
            getContainer().getLogger().debug("problem document not sent", e);
        }
    }
}
