package io.tapeline.chaos.network;

import java.util.Locale;

/** A wire between two parts that can be made slow, dark or cut. */
public enum Link {
    INGESTOR_1_TO_EXCHANGE,
    INGESTOR_2_TO_EXCHANGE,
    QUERY_API_1_TO_ENGINE,
    QUERY_API_2_TO_ENGINE;

    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
