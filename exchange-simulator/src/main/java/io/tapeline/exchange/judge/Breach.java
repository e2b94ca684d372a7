package io.tapeline.exchange.judge;

import java.time.Instant;

/**
 * A rule of the exchange that a client broke.
 *
 * @param address whose breach it is
 * @param detail what was done, and what is allowed
 */
public record Breach(Instant at, String address, Rule rule, String detail) {

    /** The rules that clients can break (EXCHANGES A.2, A.6, A.7). */
    public enum Rule {
        /** Too many pings, pongs and texts within a second on one connection. */
        CONTROL_MESSAGES,
        /** Too many streams on one connection. */
        STREAMS_PER_CONNECTION,
        /** Too many sockets opened within the window. */
        CONNECTS,
        /** A ping was not answered in time. */
        PONG_LATE,
        /**
         * More weight used within a minute than allowed; weight that others used is not counted.
         */
        REQUEST_WEIGHT,
        /** More requests within five minutes than allowed. */
        RAW_REQUESTS,
        /** A request before the time that a 429's {@code Retry-After} told. */
        ASKED_BEFORE_RETRY_AFTER,
        /** A request while the address is banned, after it has been told so. */
        ASKED_WHILE_BANNED
    }
}
