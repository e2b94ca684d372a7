package io.tapeline.schemas.binance;

import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;

/** Holds a raw record to the request that it should answer. */
final class RestRequest {

    private RestRequest() {}

    static void require(RawRecord record, String path) throws MalformedPayload {
        if (!record.answers(path)) {
            throw new MalformedPayload("stream " + record.stream() + ": is not " + path);
        }
    }
}
