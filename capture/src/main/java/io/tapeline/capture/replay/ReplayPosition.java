package io.tapeline.capture.replay;

import io.tapeline.capture.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far a replay came: all lines before it were acknowledged by Kafka, or rejected.
 *
 * @param file the index of the file
 * @param line how many of its lines are done
 * @param sent how many lines were sent so far, of all files
 * @param rejected how many were rejected
 */
record ReplayPosition(int file, long line, long sent, long rejected) {

    private static final String VERSION = "tapeline-replay 1";

    static final ReplayPosition START = new ReplayPosition(0, 0, 0, 0);

    /**
     * Where the replay stood; {@link #START} where it did not.
     *
     * @throws IOException if the position is that of a replay of other files, or into other topics
     */
    static ReplayPosition read(ReplayOptions options) throws IOException {
        if (!Files.exists(options.position())) {
            return START;
        }
        List<String> lines = Files.readAllLines(options.position());
        if (lines.size() != 3
                || !lines.get(0).equals(VERSION)
                || !lines.get(2).matches("\\d{1,9} \\d{1,18} \\d{1,18} \\d{1,18}")) {
            throw new IOException(options.position() + " is no position of a replay");
        }
        if (!lines.get(1).equals(what(options))) {
            throw new IOException(
                    options.position()
                            + " is the position of another replay: "
                            + lines.get(1)
                            + "; name another with --position, or delete it");
        }
        List<Long> numbers =
                List.of(lines.get(2).split(" ")).stream().map(Long::parseLong).toList();
        return new ReplayPosition(
                Math.toIntExact(numbers.get(0)), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    void write(ReplayOptions options) throws IOException {
        DurableFiles.replace(
                options.position(),
                VERSION
                        + "\n"
                        + what(options)
                        + "\n"
                        + file
                        + " "
                        + line
                        + " "
                        + sent
                        + " "
                        + rejected
                        + "\n");
    }

    private static String what(ReplayOptions options) {
        return options.brokers().bootstrap()
                + " "
                + options.brokers().prefix()
                + " "
                + options.files().stream()
                        .map(file -> String.valueOf(file.toAbsolutePath().normalize()))
                        .collect(Collectors.joining(" "));
    }
}
