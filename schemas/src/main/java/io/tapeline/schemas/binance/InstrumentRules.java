package io.tapeline.schemas.binance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;

/**
 * One symbol's object of {@code exchangeInfo} in the exchange's own bytes, field by field. Of its
 * permission sets the trading groups are left out: hundreds of names a symbol that concern accounts
 * alone. The sets come last.
 */
final class InstrumentRules {

    private static final String SETS = "permissionSets";
    private static final String TRADING_GROUP = "TRD_GRP_";

    private final byte[] body;
    private final StringBuilder fields = new StringBuilder(2_048);
    private final List<String> sets = new ArrayList<>();
    private boolean anySets;
    private int begin;

    InstrumentRules(byte[] body) {
        this.body = body;
    }

    /** The parser stands at a field's name. */
    void name(JsonParser in) {
        begin = (int) in.currentTokenLocation().getByteOffset();
    }

    /** The parser stands at the last token of the field's value. */
    void value(JsonParser in, String name) {
        if (name.equals(SETS)) {
            anySets = true;
            return;
        }
        if (in.currentToken() == tools.jackson.core.JsonToken.VALUE_STRING) {
            // Read to its end: a string is read lazily.
            var _ = in.getStringLength();
        }
        int end = (int) in.currentLocation().getByteOffset();
        fields.append(fields.isEmpty() ? "" : ",")
                .append(new String(body, begin, end - begin, StandardCharsets.UTF_8).strip());
    }

    void permissionSet(List<String> permissions) {
        sets.add(
                permissions.stream()
                        .filter(each ->
                                !each.startsWith(TRADING_GROUP) && each.matches("[A-Z0-9_]+"))
                        .map(each -> '"' + each + '"')
                        .collect(java.util.stream.Collectors.joining(",", "[", "]")));
    }

    String text() {
        if (anySets) {
            fields.append(fields.isEmpty() ? "" : ",")
                    .append('"')
                    .append(SETS)
                    .append("\":[")
                    .append(String.join(",", sets))
                    .append(']');
        }
        return "{" + fields + "}";
    }
}
