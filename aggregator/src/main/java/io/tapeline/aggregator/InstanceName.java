package io.tapeline.aggregator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The name that an instance has in its group for as long as its data directory lasts: with it a
 * restarted instance takes its own place again, without waiting for the group to miss it.
 */
final class InstanceName {

    private static final String FILE = "instance-name";

    private InstanceName() {}

    /** Reads the name, or makes one at the first start. */
    static String in(Path dataDir) {
        Path directory = dataDir.resolve("aggregator");
        Path file = directory.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return Files.readString(file, StandardCharsets.UTF_8).strip();
            }
            Files.createDirectories(directory);
            String name = UUID.randomUUID().toString();
            Path written = Files.writeString(directory.resolve(FILE + ".new"), name);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException("aggregator: cannot keep a name in " + file, e);
        }
    }
}
