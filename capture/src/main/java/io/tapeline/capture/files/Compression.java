package io.tapeline.capture.files;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * How a file is compressed. Both kinds allow a file to be several compressed frames, one after the
 * other: each checkpoint ends one, and what is before a checkpoint can be read whatever follows.
 */
public enum Compression {
    NONE("", new byte[0]),
    GZIP(".gz", new byte[] {0x1f, (byte) 0x8b}),
    ZSTD(".zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ZSTD_LEVEL = 3;
    private static final int MAGIC_BYTES = 4;

    private final String suffix;
    private final byte[] magic;

    Compression(String suffix, byte[] magic) {
        this.suffix = suffix;
        this.magic = magic;
    }

    /** What files of it end with. */
    public String suffix() {
        return suffix;
    }

    /** As options name it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static Compression of(String id) {
        for (Compression compression : values()) {
            if (compression.id().equals(id)) {
                return compression;
            }
        }
        throw new IllegalArgumentException("must be one of none, gzip, zstd, was " + id);
    }

    /** A frame that is complete when it is closed. */
    OutputStream frame(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> new BufferedOutputStream(out, BUFFER_BYTES);
            case GZIP ->
                    new BufferedOutputStream(new GZIPOutputStream(out, BUFFER_BYTES), BUFFER_BYTES);
            case ZSTD ->
                    new BufferedOutputStream(new ZstdOutputStream(out, ZSTD_LEVEL), BUFFER_BYTES);
        };
    }

    /** Opens a file of any kind, told by its first bytes. */
    public static InputStream read(Path file) throws IOException {
        InputStream plain = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            plain.mark(MAGIC_BYTES);
            byte[] first = plain.readNBytes(MAGIC_BYTES);
            plain.reset();
            if (GZIP.begins(first)) {
                return new WholeGzip(plain, BUFFER_BYTES);
            }
            return ZSTD.begins(first) ? new ZstdInputStream(new ZstdFrames(plain)) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    boolean begins(byte[] bytes) {
        return bytes.length >= magic.length
                && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
