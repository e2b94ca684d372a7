package io.tapeline.aggregator.line;

import java.util.Locale;

/**
 * What is counted of a line, for each kind of its records, since the instance's start.
 *
 * <p>{@code RECEIVED = FIRST + DUPLICATES + LATE + HELD + PASSED_OVER + MALFORMED}, at any moment
 * between two records. {@code MISSED} and {@code MISSED_IDS} count what did not come, beside it.
 */
public enum LineFlow {
    RECEIVED("Records of the line that came"),
    /** This line's record was the one that was applied, or looked at first. */
    FIRST("Records of the line that were applied, no other having come before"),
    /** Another record had told just this: normal for the slower of two lines. */
    DUPLICATES("Records of the line that another record had told"),
    /** Older than what is known. */
    LATE("Records of the line older than what is known"),
    /**
     * Waited for what goes before it: an update for a snapshot or for an earlier update, a snapshot
     * for the book to reach it.
     */
    HELD("Records of the line that waited for what goes before them"),
    /**
     * Told nothing that is recorded: a value that has not changed, or what a richer source tells.
     */
    PASSED_OVER("Records of the line that told nothing that is recorded"),
    /** Could not be decoded. Alert on any. */
    MALFORMED("Records of the line that could not be decoded"),
    /**
     * Of depth, holes between the update ids of this line's records of an instrument, whatever
     * other lines brought; of klines, closed candles that this line had not brought when the next
     * one had closed. Not counted across the move of a partition to another instance. Alert where
     * it grows on every line at once: then the tape has holes.
     */
    MISSED(
            "Of depth, holes in the line's update ids; of klines, closed candles that the line did"
                    + " not bring"),
    /** Update ids in those holes; 0 for other kinds. */
    MISSED_IDS("Update ids in the line's holes");

    private final String description;

    LineFlow(String description) {
        this.description = description;
    }

    /** What it counts, in a sentence, for those who see the meter alone. */
    public String description() {
        return description;
    }

    /** {@code passed-over} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
