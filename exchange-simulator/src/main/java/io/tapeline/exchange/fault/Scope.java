package io.tapeline.exchange.fault;

import io.tapeline.exchange.market.StreamName;
import java.util.Locale;

/**
 * What a fault is about: streams on connections.
 *
 * @param streams whole names, e.g. {@code btcusdt@depth@100ms}, {@code *@kline_1m}
 * @param symbols as {@code exchangeInfo} has them; streams of all symbols have an empty one, which
 *     {@code *} matches
 */
public record Scope(Sockets sockets, NamePattern streams, NamePattern symbols) {

    /** Everything on every connection. */
    public static Scope all() {
        return new Scope(Sockets.all(), NamePattern.any(), NamePattern.any());
    }

    public static Scope on(Sockets sockets) {
        return all().withSockets(sockets);
    }

    public Scope withSockets(Sockets newSockets) {
        return new Scope(newSockets, streams, symbols);
    }

    /**
     * @param glob a stream's name, or a glob
     */
    public Scope withStreams(String glob) {
        return new Scope(sockets, new NamePattern(glob), symbols);
    }

    public Scope withSymbols(String glob) {
        return new Scope(sockets, streams, new NamePattern(glob));
    }

    public boolean anyStream() {
        return streams.isAny() && symbols.isAny();
    }

    public boolean matches(StreamName stream) {
        return (streams.isAny() || streams.matches(stream.text()))
                && (symbols.isAny() || symbols.matches(stream.symbol().toUpperCase(Locale.ROOT)));
    }
}
