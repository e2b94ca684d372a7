package io.tapeline.query.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param parameter the parameter that is wrong, null where none is
 * @param allowed what the parameter may be
 * @param requestId that of {@code X-Request-Id}, null where the request got none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What went wrong, as RFC 9457 has it.")
public record Problem(
        @Schema(example = "urn:tapeline:invalid-parameter") String type,
        @Schema(example = "Invalid parameter") String title,
        @Schema(example = "400") int status,
        @Schema(example = "limit: \"0\" is not 1 to 1000") String detail,
        @Schema(example = "limit") @Nullable String parameter,
        @Schema(example = "1 to 1000") @Nullable String allowed,
        @Schema(
                        example = "b5c9f2a40d1e7733",
                        description = "As X-Request-Id says it; name it when you report a fault.")
                @Nullable String requestId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String type, String title, String detail) {
        return new Problem("urn:tapeline:" + type, title, status, detail, null, null, null);
    }

    static Problem parameter(String parameter, String detail, String allowed) {
        return new Problem(
                "urn:tapeline:invalid-parameter",
                "Invalid parameter",
                400,
                parameter + ": " + detail,
                parameter,
                allowed,
                null);
    }

    /**
     * @param id empty: none
     */
    Problem of(String id) {
        return id.isEmpty()
                ? this
                : new Problem(type, title, status, detail, parameter, allowed, id);
    }
}
