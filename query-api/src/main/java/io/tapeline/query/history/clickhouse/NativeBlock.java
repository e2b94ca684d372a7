package io.tapeline.query.history.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapeline.schemas.market.Decimal;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in ClickHouse's Native format: column by column, as the engine holds them, so that it has
 * nothing to parse. Columns are added first, then each of them gets a value for each row.
 */
final class NativeBlock {

    private final int rows;
    private final List<Column> columns = new ArrayList<>();

    NativeBlock(int rows) {
        this.rows = rows;
    }

    int rows() {
        return rows;
    }

    Column text(String name) {
        return add(name, "String", rows * 16);
    }

    Column uint8(String name) {
        return add(name, "UInt8", rows);
    }

    Column int64(String name) {
        return add(name, "Int64", rows * Long.BYTES);
    }

    Column uint64(String name) {
        return add(name, "UInt64", rows * Long.BYTES);
    }

    /** Microseconds since the epoch. */
    Column time(String name) {
        return add(name, "DateTime64(6, 'UTC')", rows * Long.BYTES);
    }

    Column int128(String name) {
        return add(name, "Int128", rows * 2 * Long.BYTES);
    }

    NullableColumn nullableInt128(String name) {
        // One column on the wire: which are null, then the values.
        Column nulls = add(name, "Nullable(Int128)", rows);
        Column values = new Column(name, "", rows * 2 * Long.BYTES);
        columns.add(values);
        return new NullableColumn(nulls, values);
    }

    private Column add(String name, String type, int bytes) {
        Column column = new Column(name, type, bytes);
        columns.add(column);
        return column;
    }

    void writeTo(OutputStream out) throws IOException {
        writeLength(out, columns.stream().filter(column -> !column.type.isEmpty()).count());
        writeLength(out, rows);
        for (Column column : columns) {
            if (!column.type.isEmpty()) {
                writeText(out, column.name);
                writeText(out, column.type);
            }
            out.write(column.data.array(), 0, column.data.position());
        }
    }

    private static void writeText(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        writeLength(out, bytes.length);
        out.write(bytes);
    }

    private static void writeLength(OutputStream out, long length) throws IOException {
        long left = length;
        while (left > 0x7f) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    /** Values of one column, in the order of the rows. */
    static final class Column {

        private final String name;
        private final String type;
        private ByteBuffer data;

        private Column(String name, String type, int bytes) {
            this.name = name;
            this.type = type;
            data = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        void add(byte value) {
            data.put(value);
        }

        void add(long value) {
            data.putLong(value);
        }

        /** As text of any bytes. */
        void add(byte[] value) {
            int most = value.length + 5;
            if (data.remaining() < most) {
                int size = Math.max(data.capacity() * 2, data.position() + most);
                data =
                        ByteBuffer.wrap(Arrays.copyOf(data.array(), size))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .position(data.position());
            }
            int left = value.length;
            while (left > 0x7f) {
                data.put((byte) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            data.put((byte) left);
            data.put(value);
        }

        /** As its mantissa at the scale, which holds it exactly. */
        void add(Decimal value, int scale) {
            if (value.fitsAt(scale)) {
                long mantissa = value.mantissaAt(scale);
                data.putLong(mantissa);
                data.putLong(mantissa >> (Long.SIZE - 1));
            } else {
                BigInteger mantissa = value.toBigDecimal().setScale(scale).unscaledValue();
                data.putLong(mantissa.longValue());
                data.putLong(mantissa.shiftRight(Long.SIZE).longValueExact());
            }
        }
    }

    /** Likewise, where a value may be absent. */
    record NullableColumn(Column nulls, Column values) {

        void add(@Nullable Decimal value, int scale) {
            nulls.add((byte) (value == null ? 1 : 0));
            values.add(value == null ? Decimal.ZERO : value, scale);
        }
    }
}
