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
    DEPTH_RECEIVED,
    /** Updates that went straight into a live book. */
    DEPTH_APPLIED,
    /** Updates whose every id the book had: normal with two lines. */
    DEPTH_DUPLICATES,
    /** Updates that had to wait: for a snapshot, or for what goes before them. */
    DEPTH_BUFFERED,
    /** Buffered updates that came into the book when what they waited for did. */
    DEPTH_REPLAYED,
    /** Buffered updates that a snapshot, or another line's update, told already. */
    DEPTH_COVERED,
    /** Buffered updates lost for want of room. Alert on any: snapshots come too late. */
    DEPTH_OVERFLOWED,
    SNAPSHOTS_USED,
    /** Snapshots newer than their live book, that wait for the book to reach them. */
    SNAPSHOTS_HELD,
    /**
     * Snapshots held that then mended their book; all others held were reached, or superseded by a
     * newer one or by the book's loss.
     */
    SNAPSHOTS_RECALLED,
    /** Snapshots that told a live book nothing new, or were too old to mend one. */
    SNAPSHOTS_IGNORED,
    /** Pictures of a book: best bid and ask, partial depth. */
    DEPTH_PICTURES,
    /** Depth records that could not be decoded. Alert on any. */
    DEPTH_DEAD,
    /** Books lost to missing updates, to crossing or to the audit. Alert on a rate. */
    BOOKS_LOST,
    /** Books lost to crossing alone. Alert on any. */
    BOOKS_CROSSED,
    /** Books lost to the audit alone. Alert on any. */
    BOOKS_CONTRADICTED,
    /** REST answers asked for to hold books against them. */
    AUDIT_LOOKS,
    /** Pictures of which it was told what became of them. */
    AUDIT_TOLD,
    /** Pictures that agree with their book wherever they can be compared. */
    AUDIT_EQUAL,
    /** Pictures that differ within the book's authoritative range. Alert on any. */
    AUDIT_FAULTS,
    /** Pictures that differ beyond it alone: unannounced levels, no faults. */
    AUDIT_BEYOND_RANGE,
    /** Pictures of which all was set or removed since, or is not remembered. */
    AUDIT_NOT_COMPARABLE,
    /** Pictures that another line brought, or older than one compared. */
    AUDIT_KNOWN,
    /** Pictures without a live book, and such as a newer one was compared for. */
    AUDIT_PASSED_OVER,
    SNAPSHOTS_REQUESTED,
    KLINES_RECEIVED,
    KLINES_ACCEPTED,
    /** Of a closed candle, or no newer than what is known. */
    KLINES_DUPLICATES,
    /** Older than the candles kept. */
    KLINES_EXPIRED,
    /** Asked for to complete the past: told to the history, and not kept here. */
    KLINES_PAST,
    KLINES_DEAD,
    CANDLE_GAPS_FOUND,
    CANDLE_GAPS_FILLED,
    CANDLE_GAPS_UNFILLABLE,
    TICKERS_RECEIVED,
    TICKERS_ACCEPTED,
    /** No newer than what is known, or of a poorer source. */
    TICKERS_OLDER,
    /** Records of raw.tickers that tell a price alone: of Deribit and CoinGecko. */
    TICKERS_RATES,
    TICKERS_DEAD,
    PRICES_TOLD,
    PRICES_ACCEPTED,
    /** A polled source said the same again: not recorded, but known to hold as of later. */
    PRICES_CONFIRMED,
    /** The same price as of the same time. */
    PRICES_DUPLICATES,
    /** As of no later than the price that is known. */
    PRICES_LATE,
    /** Newer, but of a source that tells less than one that has just spoken. */
    PRICES_POORER;

    /** {@code depth.received} */
    public String id() {
        String lower = name().toLowerCase(Locale.ROOT);
        return lower.replaceFirst("_", ".").replace('_', '-');
    }
}
