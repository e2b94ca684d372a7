package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.TimeUnitAsked;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that is refused, in the exchange's manner: its status, code and words (A.7). */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;

    private final int status;
    private final int code;
    private final @Nullable Duration retryAfter;
    private final String why;

    private Refusal(
            int status, int code, String message, @Nullable Duration retryAfter, String why) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
        this.why = why;
    }

    private Refusal(int code, String message) {
        this(BAD_REQUEST, code, message, null, "");
    }

    int status() {
        return status;
    }

    /** Null where asking again is of no use. */
    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What the exchange has no words for; empty where its own say all. */
    String why() {
        return why;
    }

    String body() {
        return new ExchangeJson(TimeUnitAsked.MILLISECOND)
                .open('{')
                .name("code")
                .number(code)
                .name("msg")
                .text(getMessage())
                .close('}')
                .toString();
    }

    static Refusal illegalCharacters(String parameter, String range) {
        return new Refusal(
                -1100,
                "Illegal characters found in parameter '%s'; legal range is '%s'."
                        .formatted(parameter, range));
    }

    static Refusal tooMany(int allowed, int sent) {
        return new Refusal(
                -1101,
                "Too many parameters; expected '%d' and received '%d'.".formatted(allowed, sent));
    }

    static Refusal sentTwice() {
        return new Refusal(-1101, "Duplicate values for a parameter detected.");
    }

    static Refusal missing(String parameter) {
        return new Refusal(
                -1102,
                "Mandatory parameter '%s' was not sent, was empty/null, or malformed."
                        .formatted(parameter));
    }

    static Refusal unread(int read, int sent) {
        return new Refusal(
                -1104,
                "Not all sent parameters were read; read '%d' parameter(s) but was sent '%d'."
                        .formatted(read, sent));
    }

    static Refusal empty(String parameter) {
        return new Refusal(-1105, "Parameter '%s' was empty.".formatted(parameter));
    }

    static Refusal overflow(String parameter) {
        return new Refusal(-1108, "Parameter '%s' overflowed.".formatted(parameter));
    }

    static Refusal interval() {
        return new Refusal(-1120, "Invalid interval.");
    }

    static Refusal symbol() {
        return new Refusal(-1121, "Invalid symbol.");
    }

    static Refusal symbolStatus() {
        return new Refusal(-1122, "Invalid symbolStatus.");
    }

    static Refusal combination() {
        return new Refusal(-1128, "Combination of optional parameters invalid.");
    }

    static Refusal data(String parameter) {
        return new Refusal(
                -1130, "Data sent for parameter '%s' is not valid.".formatted(parameter));
    }

    static Refusal tickerType() {
        return new Refusal(-1139, "Invalid ticker type.");
    }

    static Refusal symbolTwice() {
        return new Refusal(-1151, "Symbol is present multiple times in the list.");
    }

    static Refusal timeUnit() {
        return new Refusal(
                -1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND.");
    }

    static Refusal otherStatus() {
        return new Refusal(-1220, "The symbol's status does not match the requested symbolStatus.");
    }

    /** What the exchange answers and Tapeline cannot. */
    static Refusal unsupported(String why) {
        return new Refusal(BAD_REQUEST, -1020, "This operation is not supported.", null, why);
    }

    static Refusal noSuchPath() {
        return new Refusal(
                404, -1020, "This operation is not supported.", null, "no such path here");
    }

    static Refusal method() {
        return new Refusal(
                405, -1020, "This operation is not supported.", null, "paths are for GET");
    }

    /** At the moment: the exchange's words where it has none of its own data either. */
    static Refusal unavailable(String why, Duration retryAfter) {
        return new Refusal(
                503,
                -1001,
                "Internal error; unable to process your request. Please try again.",
                retryAfter,
                why);
    }

    static Refusal failed() {
        return new Refusal(
                500, -1000, "An unknown error occurred while processing the request.", null, "");
    }
}
