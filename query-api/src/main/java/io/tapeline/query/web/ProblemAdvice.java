package io.tapeline.query.web;

import io.tapeline.query.guard.Caller;
import io.tapeline.query.history.HistoryUnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Whatever ends a request other than well, as a problem document. */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> problem(ProblemException e, HttpServletResponse response) {
        HttpHeaders headers = new HttpHeaders();
        var after = e.retryAfter();
        if (after != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, after.toSeconds())));
        }
        return answer(e.problem(), headers, response);
    }

    @ExceptionHandler
    ResponseEntity<Problem> historyAway(
            HistoryUnavailableException e, HttpServletResponse response) {
        LOG.atWarn().setCause(e).log("api: the history does not answer");
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        return answer(
                Problem.of(
                        503,
                        "not-ready",
                        "Not ready",
                        "The history does not answer at the moment."),
                headers,
                response);
    }

    /** Parameters that cannot be decoded, or too many of them. */
    @ExceptionHandler
    ResponseEntity<Problem> undecodable(InvalidParameterException e, HttpServletResponse response) {
        return answer(
                ofStatus(HttpStatusCode.valueOf(e.getErrorCode())), new HttpHeaders(), response);
    }

    /**
     * Null where the client went away, also while its answer was written: no one is there to tell.
     */
    @ExceptionHandler
    @Nullable ResponseEntity<Problem> other(Exception e, HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.atDebug().setCause(e).log("api: the client went away");
            return null;
        }
        if (e instanceof BadRequestException) {
            // A body whose pieces are none: the fault of the one who sends them.
            return answer(ofStatus(HttpStatus.BAD_REQUEST), new HttpHeaders(), response);
        }
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(ofStatus(known.getStatusCode()), known.getHeaders(), response);
        }
        LOG.atError().setCause(e).log("api: a request failed");
        return answer(
                Problem.of(
                        500,
                        "internal-error",
                        "Internal error",
                        "The request could not be answered."),
                new HttpHeaders(),
                response);
    }

    /** Of the refusals that no parameter of ours causes: path, method, media type. */
    static Problem ofStatus(HttpStatusCode code) {
        HttpStatus status =
                Objects.requireNonNullElse(
                        HttpStatus.resolve(code.value()), HttpStatus.BAD_REQUEST);
        String type = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String detail =
                switch (status) {
                    case NOT_FOUND -> "There is nothing at this path. /docs says what there is.";
                    case METHOD_NOT_ALLOWED -> "This path does not take this method.";
                    case NOT_ACCEPTABLE -> "Answers are application/json.";
                    default -> "The request was refused: " + status.getReasonPhrase() + ".";
                };
        return Problem.of(status.value(), type, status.getReasonPhrase(), detail);
    }

    private static ResponseEntity<Problem> answer(
            Problem problem, HttpHeaders headers, HttpServletResponse response) {
        Keeping.problem(response);
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.parseMediaType(Problem.MEDIA_TYPE));
        return new ResponseEntity<>(
                problem.of(Caller.current().requestId()), all, problem.status());
    }
}
