package io.tapeline.query.routing;

import java.util.List;

/** Where the ingestors' internal servers are. */
public record Ingestors(List<Address> addresses) {

    public Ingestors {
        addresses = List.copyOf(addresses);
    }
}
