package io.tapeline.query.mirror.rest;

import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pairs that the exchange lists, and which of them a request is about. */
final class Pairs {

    /** Those that may be asked for (A.6); pairs may have others. */
    private static final Set<String> STATUSES = Set.of("TRADING", "HALT", "BREAK");

    private static final String OF_BINANCE = Venue.BINANCE.id() + ":";

    private final InstrumentRegistry registry;

    Pairs(InstrumentRegistry registry) {
        this.registry = registry;
    }

    static String symbolOf(InstrumentInfo info) {
        return info.getInstrument().substring(OF_BINANCE.length());
    }

    static Instrument instrumentOf(InstrumentInfo info) {
        return Instrument.parse(info.getInstrument());
    }

    /** By symbol. */
    List<InstrumentInfo> all() {
        return registry.list(null, Pairs::isListed, Integer.MAX_VALUE);
    }

    private static boolean isListed(InstrumentInfo info) {
        return info.getInstrument().startsWith(OF_BINANCE)
                && info.getStatus() != InstrumentStatus.INSTRUMENT_STATUS_DELISTED;
    }

    InstrumentInfo one(String symbol) {
        return registry.of(Instrument.binance(symbol))
                .filter(Pairs::isListed)
                .orElseThrow(Refusal::symbol);
    }

    /** An unknown one ends the whole request (A.6). */
    List<InstrumentInfo> some(List<String> symbols) {
        return symbols.stream().map(this::one).toList();
    }

    /** Asked for one pair in another status than it has (A.6). */
    static void requireStatus(@Nullable String status, InstrumentInfo info) {
        if (!hasStatus(status, info)) {
            throw Refusal.otherStatus();
        }
    }

    /** Many pairs are filtered by it without a word (A.6). */
    static boolean hasStatus(@Nullable String status, InstrumentInfo info) {
        if (status != null && !STATUSES.contains(status)) {
            throw Refusal.symbolStatus();
        }
        return status == null || status.equals(info.getVenueStatus());
    }

    static void requireKnown(@Nullable String status) {
        if (status != null && !STATUSES.contains(status)) {
            throw Refusal.symbolStatus();
        }
    }
}
