package io.tapeline.schemas.market;

/**
 * What is priced: a symbol of a venue. Its {@link #id} is the key of every topic, so that all that
 * concerns an instrument meets in one partition.
 *
 * @param symbol as the venue spells it, non-empty, without a colon, white space or control
 *     characters; not always ASCII
 */
public record Instrument(Venue venue, String symbol) {

    private static final int MAX_SYMBOL = 64;

    public Instrument {
        if (symbol.isEmpty() || symbol.length() > MAX_SYMBOL) {
            throw new IllegalArgumentException(
                    "instrument: symbol \""
                            + symbol
                            + "\" has "
                            + symbol.length()
                            + " characters, allowed are 1 to "
                            + MAX_SYMBOL);
        }
        for (int i = 0; i < symbol.length(); i++) {
            char c = symbol.charAt(i);
            if (c == ':' || c == '/' || c <= ' ' || Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        "instrument: symbol \""
                                + symbol
                                + "\" contains a colon, a slash, white space or a control"
                                + " character");
            }
        }
    }

    /**
     * Reads {@code venue:SYMBOL}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static Instrument parse(String id) {
        int colon = id.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "instrument: \""
                            + id
                            + "\" is not of the form venue:SYMBOL, such as binance:BTCUSDT");
        }
        return new Instrument(Venue.of(id.substring(0, colon)), id.substring(colon + 1));
    }

    public static Instrument binance(String symbol) {
        return new Instrument(Venue.BINANCE, symbol);
    }

    /** {@code binance:BTCUSDT} */
    public String id() {
        return venue.id() + ":" + symbol;
    }

    @Override
    public String toString() {
        return id();
    }
}
