package io.tapeline.query.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets in as many questions at a time as are allowed and turns the others away at once: threads are
 * virtual and would pile up without an end. Streams are bounded by the number of subscribers.
 * Counts answers by the hundred of their status, which costs next to nothing.
 */
public final class Gate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Semaphore room;
    private final transient JsonMapper json;
    private final transient LongAdder[] byHundred = new LongAdder[6];
    private final transient LongAdder turnedAway = new LongAdder();

    Gate(int most, JsonMapper json) {
        this.room = new Semaphore(most);
        this.json = json;
        for (int i = 0; i < byHundred.length; i++) {
            byHundred[i] = new LongAdder();
        }
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getRequestURI().equals("/v1/stream")) {
            chain.doFilter(request, response);
            return;
        }
        if (!room.tryAcquire()) {
            turnedAway.increment();
            refuse(response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            room.release();
            byHundred[Math.clamp(response.getStatus() / 100, 0, 5)].increment();
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(503);
        response.setHeader("Retry-After", "1");
        response.setContentType(Problem.MEDIA_TYPE);
        json.writeValue(
                response.getOutputStream(),
                Problem.of(
                        503,
                        "overloaded",
                        "Overloaded",
                        "More questions are being answered than are allowed at a time."));
    }

    /**
     * @param hundred 2 for 200 to 299, and so on
     */
    public long answers(int hundred) {
        return byHundred[hundred].sum();
    }

    /** Questions that found no room. */
    public long turnedAway() {
        return turnedAway.sum();
    }
}
