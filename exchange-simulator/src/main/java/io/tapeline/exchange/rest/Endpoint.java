package io.tapeline.exchange.rest;

import io.tapeline.exchange.market.JsonWriter;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * One path of the REST API.
 *
 * @param parameters the parameters that it knows
 * @param weight what a request costs (EXCHANGES A.6)
 * @param answer writes the answer at one point of the market's flow, or throws {@link ApiError}
 */
record Endpoint(
        String path, Set<String> parameters, ToIntFunction<Parameters> weight, Answer answer) {

    /** Writes the answer to a request. */
    interface Answer {
        void write(Parameters parameters, JsonWriter out);
    }
}
