package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.ExchangeJson;
import java.util.Set;

/**
 * One path of the exchange's.
 *
 * @param path what follows {@code /api/v3/}
 * @param parameters that it knows
 */
record Operation(String path, Set<String> parameters, Answering answering) {

    /** Writes the body, or ends the request with a {@link Refusal}. */
    interface Answering {
        void answer(Query query, ExchangeJson out, Reply reply);
    }
}
