package io.tapeline.query;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Registers meters of one part under one prefix.
 *
 * @param <T> what is asked for the values; kept by somebody else, for meters do not
 */
record Named<T>(MeterRegistry meters, String prefix, T of) {

    /** The same prefix, asking another part. */
    <O> Named<O> and(O other) {
        return new Named<>(meters, prefix, other);
    }

    Named<T> count(String name, ToDoubleFunction<T> value, String description) {
        return count(name, Tags.empty(), value, description);
    }

    /** With a tag. */
    Named<T> count(
            String name, String tag, String tagged, ToDoubleFunction<T> value, String description) {
        return count(name, Tags.of(tag, tagged), value, description);
    }

    private Named<T> count(String name, Tags tags, ToDoubleFunction<T> value, String description) {
        FunctionCounter.builder(prefix + name, of, value)
                .tags(tags)
                .description(description)
                .register(meters);
        return this;
    }

    Named<T> gauge(String name, ToDoubleFunction<T> value, String description) {
        return gauge(name, null, Tags.empty(), value, description);
    }

    /**
     * @param unit base unit, such as {@code bytes}
     */
    Named<T> gauge(
            String name, @Nullable String unit, ToDoubleFunction<T> value, String description) {
        return gauge(name, unit, Tags.empty(), value, description);
    }

    /** With a tag. */
    Named<T> gauge(
            String name, String tag, String tagged, ToDoubleFunction<T> value, String description) {
        return gauge(name, null, Tags.of(tag, tagged), value, description);
    }

    private Named<T> gauge(
            String name,
            @Nullable String unit,
            Tags tags,
            ToDoubleFunction<T> value,
            String description) {
        Gauge.builder(prefix + name, of, value)
                .tags(tags)
                .baseUnit(unit)
                .description(description)
                .register(meters);
        return this;
    }
}
