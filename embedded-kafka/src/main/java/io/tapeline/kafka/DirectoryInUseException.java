package io.tapeline.kafka;

import java.io.IOException;
import java.nio.file.Path;

/** The data directory belongs to a broker that is running, in this process or another. */
public final class DirectoryInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    DirectoryInUseException(Path directory, String holderProcessId) {
        super(
                "The embedded broker's data directory %s is in use by %s; stop it, or give this one another directory"
                        .formatted(
                                directory,
                                holderProcessId.isEmpty()
                                        ? "another process"
                                        : "process " + holderProcessId));
    }
}
