package io.tapeline.chaos.part;

import java.util.Locale;

/** A process of the installation. */
public enum Member {
    BROKER,
    ENGINE,
    INGESTOR_1,
    INGESTOR_2,
    AGGREGATOR_1,
    AGGREGATOR_2,
    QUERY_API_1,
    QUERY_API_2;

    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
