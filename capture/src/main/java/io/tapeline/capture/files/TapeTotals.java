package io.tapeline.capture.files;

/**
 * What a capture has written since its beginning, over all its runs.
 *
 * @param lines in all files, the open one included
 * @param textBytes of these lines, uncompressed, their ends included
 * @param files that are finished
 * @param fileBytes of the finished files, compressed
 */
public record TapeTotals(long lines, long textBytes, long files, long fileBytes) {

    static final TapeTotals NOTHING = new TapeTotals(0, 0, 0, 0);

    TapeTotals withLine(int bytes) {
        return new TapeTotals(lines + 1, textBytes + bytes, files, fileBytes);
    }

    TapeTotals withFile(long bytes) {
        return new TapeTotals(lines, textBytes, files + 1, fileBytes + bytes);
    }
}
