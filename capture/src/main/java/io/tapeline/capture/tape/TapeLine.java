package io.tapeline.capture.tape;

import io.tapeline.schemas.raw.RawRecord;

/** A raw record and the topic it is from: all that a line of a tape holds. */
public record TapeLine(RawTopic topic, RawRecord record) {}
