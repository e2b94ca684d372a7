package io.tapeline.capture.record;

import io.tapeline.capture.files.TapeTotals;
import java.util.Locale;

/**
 * What a run of a capture did.
 *
 * @param lines written by this run
 * @param leftOut records that were not selected
 * @param malformed records that are no raw records
 * @param totals of the capture, over all its runs
 */
public record CaptureSummary(long lines, long leftOut, long malformed, TapeTotals totals) {

    /** For people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%d lines written (%d records not selected, %d malformed); the capture has %d"
                        + " lines, %d bytes of text, in %d finished files of %d bytes",
                lines,
                leftOut,
                malformed,
                totals.lines(),
                totals.textBytes(),
                totals.files(),
                totals.fileBytes());
    }
}
