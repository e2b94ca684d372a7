package io.tapeline.query.mirror.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an answer says besides its body: how far it may be believed, in headers of Tapeline's. */
final class Reply {

    private static final String LIVE = "LIVE";

    private final Map<String, String> headers = new LinkedHashMap<>();

    /** Of something in the answer: said unless it is live; once is enough. */
    void state(String state) {
        if (!state.equals(LIVE)) {
            headers.put("Tapeline-State", state);
        }
    }

    /** Pairs of a list that are left out because nobody could tell of them. */
    void leftOut(int pairs) {
        if (pairs > 0) {
            headers.put("Tapeline-Left-Out", Integer.toString(pairs));
        }
    }

    /** Candles of the answer that lack minutes. */
    void incomplete(long candles) {
        if (candles > 0) {
            headers.put("Tapeline-Incomplete", Long.toString(candles));
        }
    }

    Map<String, String> headers() {
        return headers;
    }
}
