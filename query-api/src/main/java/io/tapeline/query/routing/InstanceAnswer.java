package io.tapeline.query.routing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What an instance answered over HTTP.
 *
 * @param headers by their names in small letters; of several of a name the last
 * @param body whole, without its transfer's encoding; not to be changed
 */
public record InstanceAnswer(int status, Map<String, String> headers, byte[] body) {

    /**
     * @param name in small letters
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body, of an answer in words. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
