package io.tapeline.exchange.fault;

import io.tapeline.exchange.market.PairStatus;
import java.time.Duration;
import java.util.List;

/** What befalls pairs: true at the exchange itself (A.8 points 9, 13, 14, 17). */
public sealed interface MarketFault extends Fault {

    /** Nobody trades the pairs; their books stand still. Only a made-up market can be quiet. */
    record Quiet(NamePattern symbols, Lasting lasting) implements MarketFault {
        @Override
        public String name() {
            return "quiet";
        }
    }

    /**
     * A new pair is listed and trades. Only in a made-up market.
     *
     * @param base the base asset, beyond ASCII if you like; the symbol is base and quote
     */
    record Listing(String base, String quote) implements MarketFault {
        public Listing {
            if (!asset(base) || !asset(quote)) {
                throw new IllegalArgumentException(
                        "Listing.base and quote must be 1 to 20 letters or digits without lower"
                                + " case, were "
                                + base
                                + ", "
                                + quote);
            }
        }

        private static boolean asset(String text) {
            return !text.isEmpty()
                    && text.length() <= 20
                    && text.codePoints()
                            .allMatch(
                                    c -> Character.isLetterOrDigit(c) && !Character.isLowerCase(c));
        }

        public String symbol() {
            return base + quote;
        }

        @Override
        public String name() {
            return "list";
        }
    }

    /** The pairs' status changes; all but {@code TRADING} silences their streams. */
    record StatusChange(PairStatus status, NamePattern symbols) implements MarketFault {
        @Override
        public String name() {
            return switch (status) {
                case TRADING -> "resume";
                case HALT -> "halt";
                case BREAK -> "break";
                case CANCEL_ONLY -> "cancel-only";
            };
        }
    }

    /**
     * The pairs leave {@code exchangeInfo}; their streams are silent, never an error, and {@code
     * ticker/price} still knows the last price (A.6).
     */
    record Delist(NamePattern symbols) implements MarketFault {
        @Override
        public String name() {
            return "delist";
        }
    }

    /**
     * Frames far above 64 KiB: an array holds every pair, a {@code depth} event every level of its
     * book, which is true and changes nothing. Counts frames for each stream.
     */
    record HugeFrame(NamePattern streams, Lasting lasting) implements MarketFault {
        @Override
        public String name() {
            return "huge-frame";
        }
    }

    /** Those that scripts can ask for, in the order of the documentation. */
    static List<FaultKind> kinds() {
        return List.of(
                FaultKind.of(
                        "quiet",
                        "symbol for",
                        w ->
                                new Quiet(
                                        w.symbols(),
                                        w.lasting(Lasting.during(Duration.ofSeconds(30))))),
                FaultKind.of(
                        "list",
                        "base quote",
                        w -> new Listing(w.mandatory("base"), w.pattern("quote", "USDT").glob())),
                FaultKind.of("halt", "symbol", w -> new StatusChange(PairStatus.HALT, w.symbols())),
                FaultKind.of(
                        "break", "symbol", w -> new StatusChange(PairStatus.BREAK, w.symbols())),
                FaultKind.of(
                        "cancel-only",
                        "symbol",
                        w -> new StatusChange(PairStatus.CANCEL_ONLY, w.symbols())),
                FaultKind.of(
                        "resume", "symbol", w -> new StatusChange(PairStatus.TRADING, w.symbols())),
                FaultKind.of("delist", "symbol", w -> new Delist(w.symbols())),
                FaultKind.of(
                        "huge-frame",
                        "stream for count",
                        w ->
                                new HugeFrame(
                                        w.pattern("stream", "!*@arr"), w.lasting(Lasting.once()))));
    }
}
