package io.tapeline.capture.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of a tape, compressed and not: lines as they are, or damage that is called so. */
public final class TapeReaderFuzz implements Target {

    private static final String LINES = "1 {\"stream\":\"a@depth\",\"data\":{}}\n\n2 {}\nno end";

    private final Path file = temporary();

    private static Path temporary() {
        try {
            Path file = Files.createTempFile("tapeline-fuzz", ".tape");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            ByteArrayOutputStream tape = new ByteArrayOutputStream();
            for (int frames = 0; frames < 2; frames++) {
                try (OutputStream frame = compression.frame(tape)) {
                    frame.write(LINES.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            seeds.add(tape.toByteArray());
        }
        return seeds;
    }

    @Override
    public void read(byte[] input) throws IOException {
        Files.write(file, input);
        boolean plain = true;
        for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
            plain &= !compression.begins(input);
        }
        List<String> lines = new ArrayList<>();
        try (TapeReader reader = new TapeReader(file)) {
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                lines.add(new String(line, StandardCharsets.ISO_8859_1));
                assertThat(reader.number()).isEqualTo(lines.size());
            }
        } catch (DamagedTape e) {
            assertThat(plain).isFalse();
            return;
        }
        if (plain) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            String whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
            assertThat(String.join("", lines.stream().map(line -> line + "\n").toList()))
                    .isEqualTo(whole);
        }
    }
}
