package io.tapeline.capture.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TapeReaderTest {

    @TempDir private Path temp;

    private static byte[] frame(Compression compression, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream frame = compression.frame(bytes)) {
            frame.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Path file(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return Files.write(temp.resolve("tape"), bytes.toByteArray());
    }

    private static void read(Path file, List<String> into) throws IOException {
        try (TapeReader reader = new TapeReader(file)) {
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                into.add(new String(line, StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void framesBehindOneAnotherAreOneFile(Compression compression) throws IOException {
        List<String> lines = new ArrayList<>();
        read(file(frame(compression, "a\nb"), frame(compression, "c\nd\n")), lines);
        assertThat(lines).containsExactly("a", "bc", "d");
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whereverAFrameIsCutOffItIsTold(Compression compression) throws IOException {
        byte[] second = frame(compression, "c\nd\n" + "and so on ".repeat(50));
        for (int left = 1; left < second.length; left++) {
            Path cut = file(frame(compression, "a\nb\n"), Arrays.copyOf(second, left));
            List<String> lines = new ArrayList<>();
            assertThatExceptionOfType(DamagedTape.class)
                    .as("%d bytes left", left)
                    .isThrownBy(() -> read(cut, lines))
                    .withMessageStartingWith("is damaged or cut off after line ");
            assertThat(lines).startsWith("a", "b");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void bytesThatAreNoFrameAreTold(Compression compression) throws IOException {
        Path file =
                file(
                        frame(compression, "a\n"),
                        "garbage".getBytes(StandardCharsets.UTF_8),
                        frame(compression, "b\n"));
        List<String> lines = new ArrayList<>();
        assertThatExceptionOfType(DamagedTape.class)
                .isThrownBy(() -> read(file, lines))
                .withMessageStartingWith("is damaged or cut off after line 1 ");
        assertThat(lines).containsExactly("a");
    }

    @Test
    void aFileThatEndsInItsHeadIsTold() throws IOException {
        Path file = file(Arrays.copyOf(frame(Compression.GZIP, "a\n"), 6));
        assertThatExceptionOfType(DamagedTape.class)
                .isThrownBy(() -> read(file, new ArrayList<>()));
    }
}
