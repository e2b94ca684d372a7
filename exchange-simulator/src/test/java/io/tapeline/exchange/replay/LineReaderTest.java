package io.tapeline.exchange.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    @TempDir private Path temp;

    private static byte[] frame(String kind, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                kind.equals("gzip") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Path file(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return Files.write(temp.resolve("recording"), bytes.toByteArray());
    }

    private static void read(Path file, List<Long> times) throws IOException {
        try (LineReader reader = new LineReader(file)) {
            for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
                times.add(line.receiveNanos());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void framesBehindOneAnotherAreOneRecording(String kind) throws IOException {
        List<Long> times = new ArrayList<>();
        read(file(frame(kind, "1 a\n2 "), frame(kind, "b\n3 c\n")), times);
        assertThat(times).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void whereverAFrameIsCutOffTheFileIsNamed(String kind) throws IOException {
        byte[] second = frame(kind, "2 b\n" + "3 and so on\n".repeat(50));
        for (int left = 1; left < second.length; left++) {
            Path cut = file(frame(kind, "1 a\n"), Arrays.copyOf(second, left));
            List<Long> times = new ArrayList<>();
            assertThatIOException()
                    .as("%d bytes left", left)
                    .isThrownBy(() -> read(cut, times))
                    .withMessageContaining("recording is damaged or cut off after line ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void bytesThatAreNoFrameAreTold(String kind) throws IOException {
        Path file =
                file(
                        frame(kind, "1 a\n"),
                        "garbage".getBytes(StandardCharsets.UTF_8),
                        frame(kind, "2 b\n"));
        assertThatIOException()
                .isThrownBy(() -> read(file, new ArrayList<>()))
                .withMessageContaining("recording is damaged or cut off after line 1 ");
    }
}
