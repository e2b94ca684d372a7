package io.tapeline.query.collect;

import io.tapeline.schemas.proto.CollectionRecord;

/** What becomes of an order. */
public sealed interface Admission {

    record Taken(CollectionRecord record) implements Admission {}

    /** Too many are open. */
    record Full(int open) implements Admission {}

    /** The ledger cannot be written. */
    record NotNow(String why) implements Admission {}
}
