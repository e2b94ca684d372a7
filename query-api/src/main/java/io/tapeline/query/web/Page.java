package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list. */
@Schema(description = "A part of a list.")
public record Page<T>(
        List<T> items,
        @Schema(
                        description = "Give it as cursor to get what follows; null: nothing does.",
                        nullable = true)
                @Nullable String next) {

    static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
