package io.tapeline.exchange.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads all members of a gzip file. Where the JDK's own reader takes bytes behind a member that
 * begin no other for the end, and drops whatever they were, this one complains.
 */
final class WholeGzip extends GZIPInputStream {

    private static final int TRAILER_BYTES = 8;

    private boolean whole;

    WholeGzip(InputStream in, int bufferBytes) throws IOException {
        super(in, bufferBytes);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0 && !whole) {
            if (inf.getRemaining() > TRAILER_BYTES || in.read() >= 0) {
                throw new ZipException("bytes that are no gzip follow");
            }
            whole = true;
        }
        return count;
    }
}
