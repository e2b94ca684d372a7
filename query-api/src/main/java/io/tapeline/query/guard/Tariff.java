package io.tapeline.query.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What the questions of one of the API's faces cost, and how that face words a refusal. Of several
 * the first that covers a path decides.
 */
public interface Tariff {

    /**
     * @param path decoded and without parameters, as it is mapped; not the raw one
     */
    boolean covers(String path);

    /**
     * @param path as for {@link #covers}
     */
    Charge of(String path, HttpServletRequest request);

    /** The header that tells a client the weight it has used in this minute. */
    String usedWeightHeader();

    /**
     * Writes the body and its type; status and {@code Retry-After} are set already.
     *
     * @param requestId for the body, where it has a place for it
     */
    void refuse(
            Refusal refusal,
            String requestId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException;
}
