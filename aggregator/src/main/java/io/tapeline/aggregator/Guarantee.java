package io.tapeline.aggregator;

import org.apache.kafka.streams.StreamsConfig;

/** What a crash may do to the clean topics. */
public enum Guarantee {
    /** Nothing: readers of committed records see each output once. They see it after a commit. */
    EXACTLY_ONCE,
    /** Outputs may be repeated after a crash. They are seen at once. */
    AT_LEAST_ONCE;

    String streamsSetting() {
        return switch (this) {
            case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
            case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
        };
    }
}
