package io.tapeline.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VendoredChartsTest {

    private static final String FOLDER = "/static/vendor/lightweight-charts/";

    @Test
    void the_vendored_chart_library_is_the_file_that_its_note_names()
            throws IOException, NoSuchAlgorithmException {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(read("lightweight-charts.mjs"));

        assertThat(new String(read("README.md"), StandardCharsets.UTF_8))
                .contains("| sha256 of the file | `" + HexFormat.of().formatHex(sum) + "` |");
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = VendoredChartsTest.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(in, FOLDER + name).readAllBytes();
        }
    }
}
