package io.tapeline.ingestor.poll;

import java.net.URI;
import java.util.Map;

/**
 * A GET.
 *
 * @param what is asked for, for the log: without secrets
 * @param headers sent with it; never logged
 */
public record PollRequest(String what, URI address, Map<String, String> headers) {

    public PollRequest {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return what;
    }
}
