package io.tapeline.aggregator.store;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;

/**
 * A key of the book journal: {@code version(1) slot(varint) instrument}. Slot 0 holds the newest
 * base, slot n the n-th delta since a base: slots are written again after the next base, so that
 * compaction bounds the topic.
 */
record JournalKey(Instrument instrument, int slot) {

    static final int BASE = 0;

    private static final int VERSION = 1;

    byte[] encode() {
        JournalWriter out = new JournalWriter();
        out.tag(VERSION);
        out.unsigned(slot);
        out.raw(instrument.id().getBytes(StandardCharsets.UTF_8));
        return out.toBytes();
    }

    static JournalKey decode(byte[] bytes) throws MalformedPayload {
        JournalReader in = new JournalReader(bytes);
        int version = in.tag();
        if (version != VERSION) {
            throw new MalformedPayload("book journal: key of unknown version " + version);
        }
        int slot = (int) in.unsigned();
        try {
            return new JournalKey(Instrument.parse(in.rest()), slot);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload("book journal: key: " + e.getMessage(), e);
        }
    }
}
