package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.RequestWeight;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code exchangeInfo}: the limits, and each pair's rules as the exchange last told them (A.6). Of
 * the limits only those on requests are told: there are no orders here.
 */
final class SymbolList {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PERMISSION_SETS = ",\"permissionSets\":";

    private final Pairs pairs;
    private final Clock clock;

    SymbolList(Pairs pairs, Clock clock) {
        this.pairs = pairs;
        this.clock = clock;
    }

    Operation operation() {
        return new Operation(
                "exchangeInfo",
                Set.of("symbol", "symbols", "permissions", "showPermissionSets", "symbolStatus"),
                this::answer);
    }

    private void answer(Query query, ExchangeJson out, Reply reply) {
        List<InstrumentInfo> chosen = chosen(query);
        boolean withSets = showsPermissionSets(query);
        out.open('{').name("timezone").text("UTC");
        out.name("serverTime").time(EpochMicros.of(clock.instant()));
        out.name("rateLimits").open('[');
        limit(out, "REQUEST_WEIGHT", 1, RequestWeight.MOST_A_MINUTE);
        limit(out, "RAW_REQUESTS", 5, RequestWeight.MOST_REQUESTS);
        out.close(']').name("exchangeFilters").open('[').close(']');
        out.name("symbols").open('[');
        int leftOut = 0;
        for (InstrumentInfo info : chosen) {
            String rules = info.getVenueRules();
            if (rules.isEmpty()) {
                leftOut++;
            } else {
                out.raw(withSets ? rules : withoutSets(rules));
            }
        }
        out.close(']').close('}');
        reply.leftOut(leftOut);
    }

    private static void limit(ExchangeJson out, String type, int minutes, int most) {
        out.open('{').name("rateLimitType").text(type).name("interval").text("MINUTE");
        out.name("intervalNum").number(minutes).name("limit").number(most).close('}');
    }

    /** The sets are the last field, as the registry keeps the rules. */
    private static String withoutSets(String rules) {
        int sets = rules.lastIndexOf(PERMISSION_SETS);
        return sets < 0 ? rules : rules.substring(0, sets) + "}";
    }

    private static boolean showsPermissionSets(Query query) {
        String text = query.text("showPermissionSets");
        if (text == null || text.equals("true")) {
            return true;
        }
        if (text.equals("false")) {
            return false;
        }
        throw Refusal.data("showPermissionSets");
    }

    private List<InstrumentInfo> chosen(Query query) {
        String status = query.text("symbolStatus");
        List<String> symbols = query.symbols();
        boolean one = query.has("symbol");
        boolean some = symbols != null;
        boolean permitted = query.has("permissions");
        if (one && some || permitted && (one || some) || status != null && (one || some)) {
            throw Refusal.combination();
        }
        if (one) {
            return List.of(pairs.one(query.symbol()));
        }
        if (symbols != null) {
            return pairs.some(symbols);
        }
        Pairs.requireKnown(status);
        List<String> permissions = permissions(query);
        return pairs.all().stream()
                .filter(info -> Pairs.hasStatus(status, info))
                .filter(info -> permissions == null || isPermitted(info, permissions))
                .toList();
    }

    /** One word, or a JSON list of words; null where it was not sent. */
    private static @Nullable List<String> permissions(Query query) {
        String text = query.text("permissions");
        if (text == null) {
            return null;
        }
        if (text.matches("[A-Z0-9_]{1,50}")) {
            return List.of(text);
        }
        try {
            JsonNode list = JSON.readTree(text);
            if (list.isArray()
                    && !list.isEmpty()
                    && list.valueStream().allMatch(JsonNode::isString)) {
                return list.valueStream().map(JsonNode::stringValue).toList();
            }
        } catch (JacksonException e) {
            throw Refusal.data("permissions");
        }
        throw Refusal.data("permissions");
    }

    private static boolean isPermitted(InstrumentInfo info, List<String> permissions) {
        String rules = info.getVenueRules();
        String sets = rules.substring(Math.max(0, rules.lastIndexOf(PERMISSION_SETS)));
        return permissions.stream().anyMatch(each -> sets.contains("\"" + each + "\""));
    }
}
