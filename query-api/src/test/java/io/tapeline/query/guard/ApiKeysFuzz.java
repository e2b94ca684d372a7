package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Lines of a file of keys: those that are taken are names and hashes and let in nobody who holds
 * none, those that are not are not repeated.
 */
public final class ApiKeysFuzz implements Target {

    private static final String OF_ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "ops=" + OF_ABC + "\nrobot=" + OF_ABC,
                        "tl_0123456789abcdef0123456789abcdef",
                        " a.b-c_d=" + OF_ABC + " \n")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        try {
            ApiKeys keys = ApiKeys.of(lines);
            assertThat(keys.size()).isEqualTo(lines.size());
            assertThat(keys.areDemanded()).isEqualTo(!lines.isEmpty());
            assertThat(keys.holderOf("nobody's")).isEmpty();
            // The hash is not the key, however it is given.
            for (String line : lines) {
                String hash = line.strip().substring(line.strip().indexOf('=') + 1);
                assertThat(keys.holderOf(hash)).isEmpty();
                assertThat(HexFormat.of().parseHex(hash.substring("sha256:".length()))).hasSize(32);
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)tapeline\\.guard\\.keys: (entry|name) .*");
            lines.stream()
                    .filter(line -> line.length() > 64)
                    .forEach(line -> assertThat(e).hasMessageNotContaining(line));
        }
    }
}
