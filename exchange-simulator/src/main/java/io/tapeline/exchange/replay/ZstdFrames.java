package io.tapeline.exchange.replay;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes zstd's frames on and tells where the file ends amid one, which the library's reader takes
 * for the end where a whole frame came shortly before (RFC 8878, 3.1).
 */
final class ZstdFrames extends FilterInputStream {

    private static final int FRAME = 0xfd2fb528;
    private static final int SKIPPABLE = 0x184d2a50;
    private static final int SKIPPABLE_MASK = 0xfffffff0;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] SIZE_BYTES = {0, 2, 4, 8};
    private static final int CHECKSUM_BYTES = 4;
    private static final int RUN_BLOCK = 1;

    private Field next = Field.MAGIC;
    private long skip;
    private int taken;
    private int value;
    private boolean checksum;

    /** What is read, little-endian, behind the bytes that are skipped. */
    private enum Field {
        MAGIC(4),
        DESCRIPTOR(1),
        BLOCK(3),
        SKIPPABLE_LENGTH(4);

        private final int bytes;

        Field(int bytes) {
            this.bytes = bytes;
        }
    }

    ZstdFrames(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count < 0 && (next != Field.MAGIC || skip > 0 || taken > 0)) {
            throw new EOFException("it ends amid a frame");
        }
        follow(buffer, offset, offset + count);
        return count;
    }

    private void follow(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to) {
            if (skip > 0) {
                int over = (int) Math.min(skip, to - at);
                skip -= over;
                at += over;
                continue;
            }
            value |= (buffer[at++] & 0xff) << (8 * taken);
            if (++taken == next.bytes) {
                int whole = value;
                taken = 0;
                value = 0;
                next = after(whole);
            }
        }
    }

    private Field after(int whole) {
        return switch (next) {
            case MAGIC -> {
                if (whole == FRAME) {
                    yield Field.DESCRIPTOR;
                }
                if ((whole & SKIPPABLE_MASK) == SKIPPABLE) {
                    yield Field.SKIPPABLE_LENGTH;
                }
                // No frame: the library's reader says so.
                skip = Long.MAX_VALUE;
                yield Field.MAGIC;
            }
            case SKIPPABLE_LENGTH -> {
                skip = Integer.toUnsignedLong(whole);
                yield Field.MAGIC;
            }
            case DESCRIPTOR -> {
                boolean single = (whole & 0x20) != 0;
                checksum = (whole & 0x04) != 0;
                int sizeFlag = whole >>> 6;
                int sizeBytes = single && sizeFlag == 0 ? 1 : SIZE_BYTES[sizeFlag];
                skip = (single ? 0L : 1L) + DICTIONARY_BYTES[whole & 0x03] + sizeBytes;
                yield Field.BLOCK;
            }
            case BLOCK -> {
                boolean last = (whole & 1) != 0;
                skip = (whole >>> 1 & 0x03) == RUN_BLOCK ? 1L : whole >>> 3;
                if (!last) {
                    yield Field.BLOCK;
                }
                skip += checksum ? CHECKSUM_BYTES : 0L;
                yield Field.MAGIC;
            }
        };
    }
}
