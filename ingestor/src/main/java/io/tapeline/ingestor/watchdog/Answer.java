package io.tapeline.ingestor.watchdog;

/** What REST said to a question. */
public sealed interface Answer {

    /** The newest id there is. */
    record NewestId(long id) implements Answer {}

    /** The exchange does not know the instrument, or has nothing of it. */
    record Nothing() implements Answer {}

    /** It could not be asked, or did not answer. */
    record Failed() implements Answer {}
}
