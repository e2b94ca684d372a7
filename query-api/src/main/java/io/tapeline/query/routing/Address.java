package io.tapeline.query.routing;

import java.net.URI;

/** Where an instance's internal server is. */
public record Address(String host, int port) {

    public Address {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "address: \"" + host + ":" + port + "\" is not host:port");
        }
    }

    /** Reads {@code host:port}, an address of IPv6 in brackets. */
    static Address parse(String text) {
        return of(URI.create("http://" + text));
    }

    /** Of a base such as {@code http://127.0.0.1:7071}. */
    public static Address of(URI base) {
        String host = base.getHost();
        return new Address(host == null ? "" : host, base.getPort());
    }

    public URI resolve(String pathAndQuery) {
        return URI.create("http://" + host + ":" + port + pathAndQuery);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
