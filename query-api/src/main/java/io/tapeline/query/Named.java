package io.tapeline.query;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
        FunctionCounter.builder(prefix + name, of, value).description(description).register(meters);
        return this;
    }

    /** With a tag. */
    Named<T> count(
            String name, String tag, String tagged, ToDoubleFunction<T> value, String description) {
        FunctionCounter.builder(prefix + name, of, value)
                .tag(tag, tagged)
                .description(description)
                .register(meters);
        return this;
    }

    Named<T> gauge(String name, ToDoubleFunction<T> value, String description) {
        return gauge(name, null, value, description);
    }

    /**
     * @param unit base unit, such as {@code bytes}
     */
    Named<T> gauge(
            String name, @Nullable String unit, ToDoubleFunction<T> value, String description) {
        Gauge.builder(prefix + name, of, value)
                .baseUnit(unit)
                .description(description)
                .register(meters);
        return this;
    }

    /** With a tag. */
    Named<T> gauge(
            String name, String tag, String tagged, ToDoubleFunction<T> value, String description) {
        Gauge.builder(prefix + name, of, value)
                .tag(tag, tagged)
                .description(description)
                .register(meters);
        return this;
    }
}
