package io.tapeline.chaos.judge;

import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger of gaps, asked about payloads that did not come.
 *
 * @param apart how far times of the exchange may be from those of whoever received
 */
record GapLedger(List<Gap> gaps, Duration apart) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern BY_SNAPSHOT = Pattern.compile("snapshot (\\d{1,18})");
    private static final String INDEX = "deribit_price_index.";

    GapLedger(Collection<Gap> gaps, Duration apart) {
        this(List.copyOf(gaps), apart);
    }

    /**
     * Of Binance's streams and Deribit's indices, neither of which are repeated by who sent them;
     * what is polled must come.
     */
    boolean explains(Ledger.Entry entry) {
        int at = entry.stream().indexOf('@');
        if (at >= 0) {
            String instrument =
                    "binance:" + entry.stream().substring(0, at).toUpperCase(Locale.ROOT);
            JsonNode event = JSON.readTree(entry.payload());
            return gaps.stream()
                    .filter(gap -> gap.getInstrument().equals(instrument))
                    .anyMatch(gap -> explains(gap, event));
        }
        if (entry.stream().startsWith(INDEX)) {
            String instrument = "deribit:" + entry.stream().substring(INDEX.length());
            return gaps.stream()
                    .filter(gap -> gap.getInstrument().equals(instrument))
                    .anyMatch(gap -> isOfTickersAt(gap, entry.epochNanos() / 1_000));
        }
        return false;
    }

    /**
     * Of an open candle only the last word counts; the span in which no line carried it explains
     * the others.
     */
    private boolean explains(Gap gap, JsonNode event) {
        long eventMicros = event.path("E").asLong() * 1_000;
        return switch (event.path("e").asString()) {
            case "depthUpdate" ->
                    gap.getKind() == GapKind.GAP_KIND_DEPTH
                            && gap.getFrom() <= event.get("U").asLong()
                            && event.get("u").asLong() <= lastWithoutBook(gap);
            case "kline" -> {
                long openMicros = event.get("k").get("t").asLong() * 1_000;
                yield gap.getKind() == GapKind.GAP_KIND_CANDLES
                                && gap.getFrom() <= openMicros
                                && openMicros <= gap.getTo()
                        || isOfTickersAt(gap, eventMicros);
            }
            default -> isOfTickersAt(gap, eventMicros);
        };
    }

    /**
     * A book that has a hole takes no update until the snapshot that fills it: what it would not
     * have taken is not entered beside it.
     *
     * @return an update id
     */
    private static long lastWithoutBook(Gap gap) {
        Matcher filled = BY_SNAPSHOT.matcher(gap.getHow());
        return filled.matches()
                ? Math.max(gap.getTo(), Long.parseLong(filled.group(1)))
                : gap.getTo();
    }

    private boolean isOfTickersAt(Gap gap, long micros) {
        long slack = apart.toNanos() / 1_000;
        return gap.getKind() == GapKind.GAP_KIND_TICKERS
                && gap.getFrom() - slack <= micros
                && micros <= gap.getTo() + slack;
    }
}
