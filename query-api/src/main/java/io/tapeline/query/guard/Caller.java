package io.tapeline.query.guard;

/**
 * Who asks the question that this thread works on.
 *
 * @param requestId the question's id, in answers and logs
 * @param client as it is counted
 * @param mayCost whether the exchange may be asked for it: there are no keys, or it holds one
 */
public record Caller(String requestId, String client, boolean mayCost) {

    static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    private static final Caller OURSELVES = new Caller("", "", true);

    /** On its behalf: for what is done outside of its question. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** Outside of a question it is the process itself, which may do all. */
    public static Caller current() {
        return CURRENT.orElse(OURSELVES);
    }
}
