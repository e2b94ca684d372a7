package io.tapeline.standalone;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real recordings, which are not part of the repository: {@code TAPELINE_DATA}, else a folder
 * beside the repository.
 */
final class RecordedData {

    private RecordedData() {}

    /** May not exist. */
    static Path folder() {
        String named = System.getenv("TAPELINE_DATA");
        if (named != null) {
            return Path.of(named);
        }
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        return at == null || at.getParent() == null
                ? Path.of("no-recordings")
                : at.getParent().resolve("shared").resolve("data");
    }
}
