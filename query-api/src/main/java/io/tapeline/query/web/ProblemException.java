package io.tapeline.query.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem document. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient @Nullable Duration retryAfter;

    private ProblemException(Problem problem, @Nullable Duration retryAfter) {
        // No stack: it is an answer, and bad requests come in numbers.
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    static ProblemException invalid(String parameter, String detail, String allowed) {
        return new ProblemException(Problem.parameter(parameter, detail, allowed), null);
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of(400, "bad-request", "Bad request", detail), null);
    }

    static ProblemException unknownInstrument(String id) {
        return new ProblemException(
                Problem.of(
                        404,
                        "unknown-instrument",
                        "Unknown instrument",
                        "No instrument " + id + " is known. /v1/instruments lists those that are."),
                null);
    }

    static ProblemException nothingYet(String id, String what) {
        return new ProblemException(
                Problem.of(
                        404,
                        "nothing-yet",
                        "Nothing yet",
                        "Instrument " + id + " is known, but no " + what + " of it has come yet."),
                null);
    }

    static ProblemException unknown(String type, String title, String detail) {
        return new ProblemException(Problem.of(404, type, title, detail), null);
    }

    static ProblemException keyNeeded(String why) {
        return new ProblemException(Problem.of(401, "api-key", "API key", why), null);
    }

    static ProblemException tooMany(String why, Duration retryAfter) {
        return new ProblemException(Problem.of(429, "too-many", "Too many", why), retryAfter);
    }

    static ProblemException notReady(String why, Duration retryAfter) {
        return new ProblemException(Problem.of(503, "not-ready", "Not ready", why), retryAfter);
    }

    Problem problem() {
        return problem;
    }

    /** Null where repeating the request is of no use. */
    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
