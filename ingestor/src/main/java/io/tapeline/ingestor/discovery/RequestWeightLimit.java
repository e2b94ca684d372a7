package io.tapeline.ingestor.discovery;

import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Finds in {@code exchangeInfo} what weight a minute the exchange allows (EXCHANGES.md A.6). */
final class RequestWeightLimit {

    private static final byte[] RATE_LIMITS = "rateLimits".getBytes(StandardCharsets.US_ASCII);
    private static final String[] NAMES = {"rateLimitType", "interval", "intervalNum", "limit"};

    private RequestWeightLimit() {}

    /** Empty if the answer does not name one for a minute. */
    static OptionalInt of(byte[] exchangeInfo) {
        JsonMembers members = new JsonMembers(exchangeInfo, 0, exchangeInfo.length);
        while (members.next()) {
            if (members.keyIs(RATE_LIMITS)) {
                JsonElements limits =
                        new JsonElements(exchangeInfo, members.valueFrom(), members.valueTo());
                while (limits.next()) {
                    Map<String, String> limit =
                            fields(exchangeInfo, limits.elementFrom(), limits.elementTo());
                    if ("REQUEST_WEIGHT".equals(limit.get("rateLimitType"))
                            && "MINUTE".equals(limit.get("interval"))
                            && "1".equals(limit.get("intervalNum"))) {
                        return number(limit.getOrDefault("limit", ""));
                    }
                }
            }
        }
        return OptionalInt.empty();
    }

    private static Map<String, String> fields(byte[] text, int from, int to) {
        Map<String, String> fields = new HashMap<>();
        JsonMembers members = new JsonMembers(text, from, to);
        while (members.next()) {
            for (String name : NAMES) {
                if (members.keyIs(name.getBytes(StandardCharsets.US_ASCII))) {
                    fields.put(name, members.valueText());
                }
            }
        }
        return fields;
    }

    private static OptionalInt number(String text) {
        try {
            int limit = Integer.parseInt(text);
            return limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }
}
