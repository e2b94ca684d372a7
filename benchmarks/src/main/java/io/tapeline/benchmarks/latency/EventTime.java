package io.tapeline.benchmarks.latency;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/** The event time of a record of the clean topics, without the rest of it. */
final class EventTime {

    /** {@code event_time_us} of BookEvent and LatestPrice. */
    private static final int FIELD = 2;

    private EventTime() {}

    /**
     * Microseconds since the epoch; 0 where the record tells none.
     *
     * @throws IOException if the bytes are no message
     */
    static long micros(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == FIELD) {
                return in.readInt64();
            }
            in.skipField(tag);
        }
        return 0;
    }
}
