package io.tapeline.exchange.rest;

import io.tapeline.exchange.market.JsonWriter;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * One path of the REST API.
 *
 * @param parameters the parameters that it knows
 * @param weight what a request costs (EXCHANGES A.6)
 * @param answer writes the answer, or throws {@link ApiError}
 * @param atOnePoint whether the answer is to be written at one point of the market's flow; else it
 *     sees to that itself, part by part, so that answers about thousands of pairs do not stop the
 *     market
 */
record Endpoint(
        String path,
        Set<String> parameters,
        ToIntFunction<Parameters> weight,
        Answer answer,
        boolean atOnePoint) {

    Endpoint(String path, Set<String> parameters, ToIntFunction<Parameters> weight, Answer answer) {
        this(path, parameters, weight, answer, true);
    }

    /** Answers part by part. */
    Endpoint inParts() {
        return new Endpoint(path, parameters, weight, answer, false);
    }

    /** Writes the answer to a request. */
    interface Answer {
        void write(Parameters parameters, JsonWriter out);
    }
}
