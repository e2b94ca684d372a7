package io.tapeline.benchmarks.peers;

/** A peer that could not be measured, and why. */
final class PeerFailure extends Exception {

    private static final long serialVersionUID = 1L;

    PeerFailure(String peer, String why) {
        super(peer + ": " + why);
    }

    PeerFailure(String peer, String why, Throwable cause) {
        super(peer + ": " + why, cause);
    }
}
