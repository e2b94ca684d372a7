package io.tapeline.ingestor.rest;

import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.json.JsonMembers;
import io.tapeline.ingestor.rest.RateLimit.Kind;
import io.tapeline.ingestor.rest.RateLimit.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds in {@code exchangeInfo} what the exchange allows an address (EXCHANGES.md A.6). */
final class RateLimits {

    private static final byte[] RATE_LIMITS = "rateLimits".getBytes(StandardCharsets.US_ASCII);

    private RateLimits() {}

    /** Those that concern market data; empty if the answer names none. */
    static List<RateLimit> of(byte[] exchangeInfo) {
        JsonMembers members = new JsonMembers(exchangeInfo, 0, exchangeInfo.length);
        while (members.next()) {
            if (members.keyIs(RATE_LIMITS)) {
                return limits(
                        new JsonElements(exchangeInfo, members.valueFrom(), members.valueTo()),
                        exchangeInfo);
            }
        }
        return List.of();
    }

    private static List<RateLimit> limits(JsonElements elements, byte[] text) {
        List<RateLimit> limits = new ArrayList<>();
        while (elements.next()) {
            limit(new JsonMembers(text, elements.elementFrom(), elements.elementTo()))
                    .ifPresent(limits::add);
        }
        return List.copyOf(limits);
    }

    /** Empty for kinds and intervals that are not known, such as those of orders. */
    private static Optional<RateLimit> limit(JsonMembers members) {
        Map<String, String> fields = new HashMap<>();
        while (members.next()) {
            fields.put(members.keyText(), members.valueText());
        }
        Optional<Kind> kind = named(Kind.values(), fields.get("rateLimitType"));
        Optional<Unit> unit = named(Unit.values(), fields.get("interval"));
        int number = number(fields.get("intervalNum"));
        int limit = number(fields.get("limit"));
        return kind.isPresent() && unit.isPresent() && number > 0 && limit > 0
                ? Optional.of(new RateLimit(kind.get(), number, unit.get(), limit))
                : Optional.empty();
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, @Nullable String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
