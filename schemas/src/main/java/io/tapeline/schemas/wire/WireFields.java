package io.tapeline.schemas.wire;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Origin;

/** The fields that several messages have. */
final class WireFields {

    private WireFields() {}

    static Instrument instrument(String message, String id) throws MalformedPayload {
        try {
            return Instrument.parse(id);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(message + ": " + e.getMessage(), e);
        }
    }

    static Interval interval(String message, String id) throws MalformedPayload {
        try {
            return Interval.of(id);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(message + ": " + e.getMessage(), e);
        }
    }

    static io.tapeline.schemas.proto.Origin origin(Origin origin) {
        return switch (origin) {
            case STREAM -> io.tapeline.schemas.proto.Origin.ORIGIN_STREAM;
            case REST -> io.tapeline.schemas.proto.Origin.ORIGIN_REST;
        };
    }

    static Origin origin(String message, io.tapeline.schemas.proto.Origin origin)
            throws MalformedPayload {
        return switch (origin) {
            case ORIGIN_STREAM -> Origin.STREAM;
            case ORIGIN_REST -> Origin.REST;
            case ORIGIN_UNSPECIFIED, UNRECOGNIZED ->
                    throw new MalformedPayload(message + ": origin is missing or not known");
        };
    }
}
