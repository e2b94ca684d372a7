package io.tapeline.ingestor.deribit;

/**
 * Where one channel stands on one connection. Times are of {@link System#nanoTime}.
 *
 * <pre>
 * Missing -> Asked -> Subscribed -> Silent -> (unsubscribed) -> Missing
 *    ^         |
 *    +---------+ left out, or refused
 * </pre>
 */
sealed interface ChannelState {

    /** How often it was subscribed anew because it brought nothing, since it last brought some. */
    int renewals();

    /**
     * To be asked for, not before the due time.
     *
     * @param refused whether the venue left it out, or said no, when it was asked for last
     */
    record Missing(long dueNanos, int renewals, boolean refused) implements ChannelState {

        Asked asked() {
            return new Asked(renewals);
        }
    }

    record Asked(int renewals) implements ChannelState {

        Subscribed subscribed(long nowNanos) {
            return new Subscribed(nowNanos, renewals);
        }

        Missing again(long dueNanos, boolean refused) {
            return new Missing(dueNanos, renewals, refused);
        }
    }

    /**
     * @param sinceNanos when it was confirmed, or when it last brought something
     */
    record Subscribed(long sinceNanos, int renewals) implements ChannelState {

        Subscribed heard(long nanos) {
            return nanos - sinceNanos > 0 ? new Subscribed(nanos, 0) : this;
        }

        Silent silent() {
            return new Silent(renewals);
        }
    }

    /** Stands still: to be unsubscribed, and then asked for again. */
    record Silent(int renewals) implements ChannelState {

        Missing unsubscribed(long nowNanos) {
            return new Missing(nowNanos, renewals + 1, false);
        }
    }
}
