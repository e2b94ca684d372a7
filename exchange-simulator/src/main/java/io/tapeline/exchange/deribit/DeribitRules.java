package io.tapeline.exchange.deribit;

import io.tapeline.exchange.venue.VenueBreach;
import io.tapeline.exchange.venue.VenueBreaches;
import java.time.InstantSource;

/** The limits of addresses, and the judge that notes who broke one. Thread-safe. */
final class DeribitRules {

    static final String VENUE = "deribit";

    private final DeribitLimits limits;
    private final InstantSource clock;
    private final VenueBreaches breaches;
    private final Credits requests;
    private final Credits subscriptions;

    DeribitRules(DeribitLimits limits, InstantSource clock, VenueBreaches breaches) {
        this.limits = limits;
        this.clock = clock;
        this.breaches = breaches;
        this.requests = new Credits(limits.requests());
        this.subscriptions = new Credits(limits.subscriptions());
    }

    DeribitLimits limits() {
        return limits;
    }

    /**
     * Takes the credits of a call; false where they are spent: then the answer is 10028, and a
     * session ends with it.
     */
    boolean mayCall(String remote, String method) {
        boolean subscription =
                switch (method) {
                    case "public/subscribe", "public/unsubscribe", "public/unsubscribe_all" -> true;
                    default -> false;
                };
        boolean allowed = (subscription ? subscriptions : requests).take(remote, clock.instant());
        if (!allowed) {
            note(remote, "credits", "no credits left for " + method);
        }
        return allowed;
    }

    /**
     * @param open how many sockets the address has open already
     */
    boolean mayConnect(String remote, long open) {
        boolean allowed = open < limits.connectionsPerAddress();
        if (!allowed) {
            note(remote, "connections", "a socket beyond " + limits.connectionsPerAddress());
        }
        return allowed;
    }

    void unanswered(String remote) {
        note(remote, "test-request", "a test_request was not answered by public/test");
    }

    private void note(String remote, String rule, String detail) {
        breaches.add(new VenueBreach(clock.instant(), VENUE, remote, rule, detail));
    }
}
