package io.tapeline.exchange.stream;

import io.tapeline.exchange.market.StreamName;

/** One event on its way to one connection. */
record Delivery(Connection connection, StreamName stream, Outgoing frame) {

    void send() {
        connection.send(frame);
    }
}
