package io.tapeline.capture.replay;

import io.tapeline.capture.Brokers;
import io.tapeline.capture.Words;
import io.tapeline.capture.files.TapeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is played into the raw topics.
 *
 * @param files in the order in which they are played
 * @param speed how many times faster than it was received; 0 for as fast as it goes
 * @param position the file that says how far a replay came that was not finished
 * @param rejects where lines go that are no raw records
 */
public record ReplayOptions(
        Brokers brokers, List<Path> files, double speed, Path position, Path rejects) {

    public static final String USAGE =
            """
            Usage: tapeline replay FILE... [OPTIONS]
            Writes the lines of files (plain, gzip, zstd) to the raw topics again: same key, headers and bytes.
            A directory stands for the finished files of the capture in it. Stopped or killed, the same command
            goes on where it stood; what was sent within the last second before a kill may then be there twice,
            as it is with two lines. A file that is cut off is played as far as it can be read, and told.

              --speed N            times faster than received; 0: as fast as it goes (default 0)
              --position FILE      how far it came (default: beside the first file, with .replay-position)
              --rejects FILE       lines that are no raw records, with file, number and reason
                                   (default: beside the first file, with .replay-rejects)
              --bootstrap B        Kafka's address (default TAPELINE_KAFKA_BOOTSTRAP, else localhost:9092);
                                   that of ./tapeline demo and live is 127.0.0.1:19092
              --prefix P           of the topics (default TAPELINE_KAFKA_TOPIC_PREFIX, else tapeline.)
              --kafka-config FILE  more of Kafka's own settings, as a properties file
              --help               this text

            Exit status: 0 all well, 1 failed, 2 wrong usage, 3 some lines were rejected.
            """;

    public ReplayOptions {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a replay needs at least one file");
        }
        if (!(speed >= 0)) {
            throw new IllegalArgumentException("--speed must be 0 or more, was " + speed);
        }
    }

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException saying which option is wrong, and what is allowed
     */
    public static ReplayOptions parse(List<String> arguments, Map<String, String> environment) {
        Words words = new Words(arguments);
        Brokers brokers = Brokers.of(environment);
        List<Path> files = new ArrayList<>();
        double speed = 0;
        @Nullable Path position = null;
        @Nullable Path rejects = null;
        while (!words.isEmpty()) {
            if (words.hasValue()) {
                files.addAll(files(words.read("FILE", Path::of)));
                continue;
            }
            String option = words.next();
            switch (option) {
                case "--speed" -> speed = words.factor(option);
                case "--position" -> position = words.read(option, Path::of);
                case "--rejects" -> rejects = words.read(option, Path::of);
                default -> {
                    if (!Brokers.isOption(option)) {
                        throw new IllegalArgumentException("unknown option: " + option);
                    }
                    brokers = brokers.with(option, words);
                }
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("name at least one file or directory");
        }
        return new ReplayOptions(
                brokers,
                files,
                speed,
                position == null ? beside(files.getFirst(), ".replay-position") : position,
                rejects == null ? beside(files.getFirst(), ".replay-rejects") : rejects);
    }

    private static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("there is no file " + path);
        }
        try {
            List<Path> tapes = TapeFiles.finished(path);
            if (tapes.isEmpty()) {
                throw new IllegalArgumentException("no finished tape is in " + path);
            }
            return tapes;
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be listed", e);
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
