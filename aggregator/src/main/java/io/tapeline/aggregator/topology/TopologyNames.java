package io.tapeline.aggregator.topology;

/**
 * The nodes of the topology. Sinks are named for what they carry. Books have sinks of their own
 * beside those of candles and tickers, though the topics are the same: a sink that both forwarded
 * to would make their stores one task's, and what wipes one of them wipe all.
 */
final class TopologyNames {

    static final String RAW_DEPTH = "raw-depth";
    static final String RAW_KLINES = "raw-klines";
    static final String RAW_TICKERS = "raw-tickers";
    static final String BOOK_PROCESSOR = "synchronise-book";
    static final String CANDLE_PROCESSOR = "arbitrate-candle";
    static final String TICKER_PROCESSOR = "arbitrate-ticker";
    static final String PRICE_PROCESSOR = "arbitrate-price";
    static final String DEPTH = "depth";
    static final String KLINES = "klines";
    static final String TICKERS = "tickers";
    static final String PRICES = "prices";
    static final String GAPS = "gaps";
    static final String RESYNC = "resync";
    static final String DEAD_LETTERS = "dead-letters";
    static final String CANDLE_GAPS = "candle-gaps";
    static final String CANDLE_RESYNC = "candle-resync";
    static final String MARKET_DEAD_LETTERS = "market-dead-letters";

    private TopologyNames() {}
}
