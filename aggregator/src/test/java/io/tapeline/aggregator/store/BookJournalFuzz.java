package io.tapeline.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The changelog of books, record after record: each is taken in, or malformed. An input is key and
 * value of each, with their lengths before them in one byte and in two.
 */
public final class BookJournalFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        List<JournaledBooks.Record> records = new JournaledBooks().records;
        ByteBuffer all = ByteBuffer.allocate(1 << 16);
        for (JournaledBooks.Record record : records) {
            all.put((byte) record.key().length).put(record.key());
            all.putShort((short) record.value().length).put(record.value());
        }
        byte[] seed = new byte[all.position()];
        all.flip().get(seed);
        return List.of(seed);
    }

    @Override
    public void read(byte[] input) {
        BookTable table = JournaledBooks.emptyTable();
        ByteBuffer in = ByteBuffer.wrap(input);
        try {
            while (in.hasRemaining()) {
                byte[] key = next(in, in.get() & 0xff);
                byte[] value = next(in, in.remaining() < 2 ? 0 : in.getShort() & 0xffff);
                table.restore(key, value, in.position() % 2 == 0);
            }
        } catch (MalformedPayload e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
        assertThat(table.instruments()).hasSameSizeAs(table.books());
    }

    private static byte[] next(ByteBuffer in, int length) {
        byte[] bytes = new byte[Math.min(length, in.remaining())];
        in.get(bytes);
        return bytes;
    }
}
