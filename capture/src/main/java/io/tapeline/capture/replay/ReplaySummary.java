package io.tapeline.capture.replay;

/**
 * What a replay did, over all its runs.
 *
 * @param finished whether all files were played
 */
public record ReplaySummary(long sent, long rejected, boolean finished) {

    /** For people. */
    public String text() {
        return sent
                + " lines sent, "
                + rejected
                + " rejected"
                + (finished ? "" : "; stopped before the end, the same command goes on");
    }
}
