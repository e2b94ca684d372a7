package io.tapeline.schemas.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.proto.BookDelta;
import io.tapeline.schemas.proto.BookEvent.KindCase;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A delta's bytes, straight from its levels: those that {@link BookEventCodec#toProto} and Protobuf
 * make, without the messages between. Deltas are what the aggregator writes most.
 */
final class BookDeltaBytes {

    private BookDeltaBytes() {}

    /** Whether this is for the delta: both sides are held in longs. */
    static boolean canWrite(BookEvent.Delta delta) {
        return delta.bids().isCompact() && delta.asks().isCompact();
    }

    /**
     * @param delta one that {@link #canWrite} takes
     */
    static byte[] of(BookEvent.Delta delta) {
        Side bids = Side.of(delta.bids().reduced());
        Side asks = Side.of(delta.asks().reduced());
        int kind =
                number(BookDelta.FIRST_UPDATE_ID_FIELD_NUMBER, delta.firstUpdateId())
                        + number(BookDelta.FINAL_UPDATE_ID_FIELD_NUMBER, delta.finalUpdateId())
                        + number(
                                BookDelta.PREVIOUS_UPDATE_ID_FIELD_NUMBER, delta.previousUpdateId())
                        + message(BookDelta.BIDS_FIELD_NUMBER, bids.size)
                        + message(BookDelta.ASKS_FIELD_NUMBER, asks.size);
        int size =
                CodedOutputStream.computeStringSize(
                                io.tapeline.schemas.proto.BookEvent.INSTRUMENT_FIELD_NUMBER,
                                delta.instrument().id())
                        + number(
                                io.tapeline.schemas.proto.BookEvent.EVENT_TIME_US_FIELD_NUMBER,
                                delta.eventTime().value())
                        + message(KindCase.DELTA.getNumber(), kind);
        byte[] bytes = new byte[size];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeString(
                    io.tapeline.schemas.proto.BookEvent.INSTRUMENT_FIELD_NUMBER,
                    delta.instrument().id());
            number(
                    out,
                    io.tapeline.schemas.proto.BookEvent.EVENT_TIME_US_FIELD_NUMBER,
                    delta.eventTime().value());
            message(out, KindCase.DELTA.getNumber(), kind);
            number(out, BookDelta.FIRST_UPDATE_ID_FIELD_NUMBER, delta.firstUpdateId());
            number(out, BookDelta.FINAL_UPDATE_ID_FIELD_NUMBER, delta.finalUpdateId());
            number(out, BookDelta.PREVIOUS_UPDATE_ID_FIELD_NUMBER, delta.previousUpdateId());
            message(out, BookDelta.BIDS_FIELD_NUMBER, bids.size);
            bids.write(out);
            message(out, BookDelta.ASKS_FIELD_NUMBER, asks.size);
            asks.write(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("book delta: its size was computed wrongly", e);
        }
        return bytes;
    }

    /** A field of the value 0 is not written. */
    private static int number(int field, long value) {
        return value == 0 ? 0 : CodedOutputStream.computeInt64Size(field, value);
    }

    private static void number(CodedOutputStream out, int field, long value) throws IOException {
        if (value != 0) {
            out.writeInt64(field, value);
        }
    }

    /** Also of an empty message. */
    private static int message(int field, int size) {
        return CodedOutputStream.computeTagSize(field)
                + CodedOutputStream.computeUInt32SizeNoTag(size)
                + size;
    }

    /** What goes before a message, or before numbers that are packed. */
    private static void message(CodedOutputStream out, int field, int size) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
    }

    /** A side, and how many bytes it and its packed fields take. */
    private record Side(Levels levels, int prices, int quantities, int size) {

        static Side of(Levels levels) {
            int prices = 0;
            int quantities = 0;
            for (int i = 0; i < levels.size(); i++) {
                prices += CodedOutputStream.computeSInt64SizeNoTag(levels.priceMantissa(i));
                quantities += CodedOutputStream.computeSInt64SizeNoTag(levels.quantityMantissa(i));
            }
            int size =
                    exponent(
                                    io.tapeline.schemas.proto.Levels.PRICE_EXPONENT_FIELD_NUMBER,
                                    levels.priceScale())
                            + exponent(
                                    io.tapeline.schemas.proto.Levels.QUANTITY_EXPONENT_FIELD_NUMBER,
                                    levels.quantityScale());
            if (levels.size() > 0) {
                size +=
                        message(io.tapeline.schemas.proto.Levels.PRICES_FIELD_NUMBER, prices)
                                + message(
                                        io.tapeline.schemas.proto.Levels.QUANTITIES_FIELD_NUMBER,
                                        quantities);
            }
            return new Side(levels, prices, quantities, size);
        }

        private static int exponent(int field, int scale) {
            return scale == 0 ? 0 : CodedOutputStream.computeSInt32Size(field, -scale);
        }

        void write(CodedOutputStream out) throws IOException {
            if (levels.priceScale() != 0) {
                out.writeSInt32(
                        io.tapeline.schemas.proto.Levels.PRICE_EXPONENT_FIELD_NUMBER,
                        -levels.priceScale());
            }
            if (levels.quantityScale() != 0) {
                out.writeSInt32(
                        io.tapeline.schemas.proto.Levels.QUANTITY_EXPONENT_FIELD_NUMBER,
                        -levels.quantityScale());
            }
            if (levels.size() == 0) {
                return;
            }
            message(out, io.tapeline.schemas.proto.Levels.PRICES_FIELD_NUMBER, prices);
            for (int i = 0; i < levels.size(); i++) {
                out.writeSInt64NoTag(levels.priceMantissa(i));
            }
            message(out, io.tapeline.schemas.proto.Levels.QUANTITIES_FIELD_NUMBER, quantities);
            for (int i = 0; i < levels.size(); i++) {
                out.writeSInt64NoTag(levels.quantityMantissa(i));
            }
        }
    }
}
