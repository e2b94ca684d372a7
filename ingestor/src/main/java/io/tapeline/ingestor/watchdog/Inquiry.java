package io.tapeline.ingestor.watchdog;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks the exchange's REST, cheaply and in batches. */
@FunctionalInterface
public interface Inquiry {

    /** Never fails: what could not be asked is answered so. An answer for each question. */
    CompletableFuture<Map<Question, Answer>> ask(Collection<Question> questions);
}
