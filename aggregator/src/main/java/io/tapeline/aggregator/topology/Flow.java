package io.tapeline.aggregator.topology;

import java.util.Locale;

/**
 * What is counted of the flow, since start and over all partitions of an instance. The equations
 * hold at any moment between two records; a processed record that a crash undoes is counted again.
 *
 * <p>{@code DEPTH_RECEIVED = DEPTH_APPLIED + DEPTH_DUPLICATES + DEPTH_BUFFERED + SNAPSHOTS_USED +
 * SNAPSHOTS_HELD + SNAPSHOTS_IGNORED + DEPTH_PICTURES + DEPTH_DEAD}
 *
 * <p>{@code DEPTH_BUFFERED = DEPTH_REPLAYED + DEPTH_COVERED + DEPTH_OVERFLOWED} + those that wait
 * now
 *
 * <p>{@code AUDIT_TOLD = AUDIT_EQUAL + AUDIT_FAULTS + AUDIT_BEYOND_RANGE + AUDIT_NOT_COMPARABLE +
 * AUDIT_KNOWN + AUDIT_PASSED_OVER = DEPTH_PICTURES + } snapshots that came to a live book, less the
 * pictures that wait now
 *
 * <p>{@code KLINES_RECEIVED = KLINES_ACCEPTED + KLINES_DUPLICATES + KLINES_EXPIRED + KLINES_PAST +
 * KLINES_DEAD}
 *
 * <p>{@code TICKERS_RECEIVED = TICKERS_ACCEPTED + TICKERS_OLDER + TICKERS_RATES + TICKERS_DEAD}
 *
 * <p>{@code PRICES_TOLD = TICKERS_ACCEPTED + TICKERS_RATES + KLINES_ACCEPTED = PRICES_ACCEPTED +
 * PRICES_CONFIRMED + PRICES_DUPLICATES + PRICES_LATE + PRICES_POORER}
 */
public enum Flow {
    DEPTH_RECEIVED("Records of raw.depth that came"),
    /** Updates that went straight into a live book. */
    DEPTH_APPLIED("Updates that went straight into a live book"),
    /** Updates whose every id the book had: normal with two lines. */
    DEPTH_DUPLICATES("Updates whose every id the book had"),
    /** Updates that had to wait: for a snapshot, or for what goes before them. */
    DEPTH_BUFFERED("Updates that had to wait for a snapshot, or for what goes before them"),
    /** Buffered updates that came into the book when what they waited for did. */
    DEPTH_REPLAYED("Waiting updates that came into the book when what they waited for did"),
    /** Buffered updates that a snapshot, or another line's update, told already. */
    DEPTH_COVERED("Waiting updates that a snapshot, or another line's update, told already"),
    /** Buffered updates lost for want of room. Alert on any: snapshots come too late. */
    DEPTH_OVERFLOWED("Waiting updates lost for want of room"),
    SNAPSHOTS_USED("Snapshots that a book was begun with"),
    /** Snapshots newer than their live book, that wait for the book to reach them. */
    SNAPSHOTS_HELD("Snapshots newer than their live book, that wait for the book to reach them"),
    /**
     * Snapshots held that then mended their book; all others held were reached, or superseded by a
     * newer one or by the book's loss.
     */
    SNAPSHOTS_RECALLED("Snapshots held that then mended their book"),
    /** Snapshots that told a live book nothing new, or were too old to mend one. */
    SNAPSHOTS_IGNORED("Snapshots that told a live book nothing new, or were too old to mend one"),
    /** Pictures of a book: best bid and ask, partial depth. */
    DEPTH_PICTURES("Pictures of a book, to hold it against: best bid and ask, partial depth"),
    /** Depth records that could not be decoded. Alert on any. */
    DEPTH_DEAD("Records of raw.depth that could not be decoded"),
    /** Books lost to missing updates, to crossing or to the audit. Alert on a rate. */
    BOOKS_LOST("Books lost to missing updates, to crossing or to the audit"),
    /** Books lost to crossing alone. Alert on any. */
    BOOKS_CROSSED("Books lost since their best bid was not below their best ask"),
    /** Books lost to the audit alone. Alert on any. */
    BOOKS_CONTRADICTED("Books lost since the exchange's own pictures contradict them"),
    /** REST answers asked for to hold books against them. */
    AUDIT_LOOKS("REST answers asked for to hold books against them"),
    /** Pictures of which it was told what became of them. */
    AUDIT_TOLD("Pictures of which it was told what became of them"),
    /** Pictures that agree with their book wherever they can be compared. */
    AUDIT_EQUAL("Pictures that agree with their book wherever they can be compared"),
    /** Pictures that differ within the book's authoritative range. Alert on any. */
    AUDIT_FAULTS("Pictures that differ within the book's authoritative range: audit mismatches"),
    /** Pictures that differ beyond it alone: unannounced levels, no faults. */
    AUDIT_BEYOND_RANGE(
            "Pictures that differ beyond the book's authoritative range alone: no faults"),
    /** Pictures of which all was set or removed since, or is not remembered. */
    AUDIT_NOT_COMPARABLE("Pictures of which all was set or removed since, or is not remembered"),
    /** Pictures that another line brought, or older than one compared. */
    AUDIT_KNOWN("Pictures that another line brought, or older than one compared"),
    /** Pictures without a live book, and such as a newer one was compared for. */
    AUDIT_PASSED_OVER("Pictures without a live book, and such as a newer one was compared for"),
    SNAPSHOTS_REQUESTED("Snapshots asked for through the resync topic"),
    KLINES_RECEIVED("Records of raw.klines that came"),
    KLINES_ACCEPTED("Candle updates accepted"),
    /** Of a closed candle, or no newer than what is known. */
    KLINES_DUPLICATES("Candle updates of a closed candle, or no newer than what is known"),
    /** Older than the candles kept. */
    KLINES_EXPIRED("Candle updates older than the candles kept"),
    /** Asked for to complete the past: told to the history, and not kept here. */
    KLINES_PAST("Candles asked for to complete the past, told to the history alone"),
    KLINES_DEAD("Records of raw.klines that could not be decoded"),
    CANDLE_GAPS_FOUND("Holes between candles that were found"),
    CANDLE_GAPS_FILLED("Holes between candles that were filled"),
    CANDLE_GAPS_UNFILLABLE(
            "Holes between candles that the exchange cannot fill: in the ledger of gaps for good"),
    TICKERS_RECEIVED("Records of raw.tickers that came"),
    TICKERS_ACCEPTED("Tickers accepted"),
    /** No newer than what is known, or of a poorer source. */
    TICKERS_OLDER("Tickers no newer than what is known, or of a poorer source"),
    /** Records of raw.tickers that tell a price alone: of Deribit and CoinGecko. */
    TICKERS_RATES("Records of raw.tickers that tell a price alone: of Deribit and CoinGecko"),
    TICKERS_DEAD("Records of raw.tickers that could not be decoded"),
    PRICES_TOLD("Prices that tickers, rates and candles told"),
    PRICES_ACCEPTED("Prices accepted"),
    /** A polled source said the same again: not recorded, but known to hold as of later. */
    PRICES_CONFIRMED("Prices that a polled source said again: known to hold as of later"),
    /** The same price as of the same time. */
    PRICES_DUPLICATES("Prices told again as of the same time"),
    /** As of no later than the price that is known. */
    PRICES_LATE("Prices as of no later than the price that is known"),
    /** Newer, but of a source that tells less than one that has just spoken. */
    PRICES_POORER("Prices newer, but of a source that tells less than one that has just spoken");

    private final String description;

    Flow(String description) {
        this.description = description;
    }

    /** What it counts, in a sentence, for those who see the meter alone. */
    public String description() {
        return description;
    }

    /** {@code depth.received} */
    public String id() {
        String lower = name().toLowerCase(Locale.ROOT);
        return lower.replaceFirst("_", ".").replace('_', '-');
    }
}
