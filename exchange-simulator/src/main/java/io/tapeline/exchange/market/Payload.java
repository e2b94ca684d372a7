package io.tapeline.exchange.market;

/** One event of a stream, written out when somebody wants it. */
@FunctionalInterface
public interface Payload {

    /** The event's bytes with its times in the given precision; the same for the same precision. */
    byte[] bytes(TimePrecision precision);

    /** A payload that is written by the given code. */
    static Payload written(Writing writing) {
        return precision -> {
            JsonWriter out = new JsonWriter(precision);
            writing.to(out);
            return out.toBytes();
        };
    }

    /** Writes an event. */
    @FunctionalInterface
    interface Writing {
        void to(JsonWriter out);
    }
}
