package io.tapeline.schemas.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.BookDelta;
import io.tapeline.schemas.proto.BookReset;

/**
 * Book events as {@code tapeline.v1.BookEvent}. {@link BookEvent.Lost} travels as a {@code
 * BookReset} that is {@code resyncing}.
 */
public final class BookEventCodec implements Codec<BookEvent> {

    private static final String NAME = "BookEvent";

    @Override
    public byte[] encode(BookEvent value) {
        return value instanceof BookEvent.Delta delta && BookDeltaBytes.canWrite(delta)
                ? BookDeltaBytes.of(delta)
                : toProto(value).toByteArray();
    }

    @Override
    public BookEvent decode(byte[] bytes) throws MalformedPayload {
        try {
            return fromProto(io.tapeline.schemas.proto.BookEvent.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPayload(NAME + ": not a message of Protobuf", e);
        }
    }

    public static io.tapeline.schemas.proto.BookEvent toProto(BookEvent event) {
        io.tapeline.schemas.proto.BookEvent.Builder out =
                io.tapeline.schemas.proto.BookEvent.newBuilder()
                        .setInstrument(event.instrument().id())
                        .setEventTimeUs(event.eventTime().value());
        switch (event) {
            case BookEvent.Delta delta ->
                    out.setDelta(
                            BookDelta.newBuilder()
                                    .setFirstUpdateId(delta.firstUpdateId())
                                    .setFinalUpdateId(delta.finalUpdateId())
                                    .setPreviousUpdateId(delta.previousUpdateId())
                                    .setBids(LevelsCodec.toProto(delta.bids()))
                                    .setAsks(LevelsCodec.toProto(delta.asks())));
            case BookEvent.Reset reset ->
                    out.setReset(
                            BookReset.newBuilder()
                                    .setUpdateId(reset.updateId())
                                    .setBids(LevelsCodec.toProto(reset.bids()))
                                    .setAsks(LevelsCodec.toProto(reset.asks()))
                                    .setReason(reset.reason())
                                    .setBidsComplete(reset.bidsComplete())
                                    .setAsksComplete(reset.asksComplete()));
            case BookEvent.Lost lost ->
                    out.setReset(
                            BookReset.newBuilder().setResyncing(true).setReason(lost.reason()));
        }
        return out.build();
    }

    public static BookEvent fromProto(io.tapeline.schemas.proto.BookEvent in)
            throws MalformedPayload {
        Instrument instrument = WireFields.instrument(NAME, in.getInstrument());
        EpochMicros eventTime = new EpochMicros(in.getEventTimeUs());
        try {
            return switch (in.getKindCase()) {
                case DELTA -> delta(instrument, eventTime, in.getDelta());
                case RESET -> reset(instrument, eventTime, in.getReset());
                case KIND_NOT_SET ->
                        throw new MalformedPayload(NAME + ": neither a delta nor a reset");
            };
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(NAME + ": " + e.getMessage(), e);
        }
    }

    private static BookEvent delta(Instrument instrument, EpochMicros eventTime, BookDelta delta)
            throws MalformedPayload {
        return new BookEvent.Delta(
                instrument,
                eventTime,
                delta.getFirstUpdateId(),
                delta.getFinalUpdateId(),
                delta.getPreviousUpdateId(),
                LevelsCodec.fromProto(delta.getBids()),
                LevelsCodec.fromProto(delta.getAsks()));
    }

    private static BookEvent reset(Instrument instrument, EpochMicros eventTime, BookReset reset)
            throws MalformedPayload {
        return reset.getResyncing()
                ? new BookEvent.Lost(instrument, eventTime, reset.getReason())
                : new BookEvent.Reset(
                        instrument,
                        eventTime,
                        reset.getUpdateId(),
                        LevelsCodec.fromProto(reset.getBids()),
                        LevelsCodec.fromProto(reset.getAsks()),
                        reset.getBidsComplete(),
                        reset.getAsksComplete(),
                        reset.getReason());
    }
}
