package io.tapeline.capture.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Where a capture stands: what is understood of a file is written the same. */
public final class CheckpointFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                new Checkpoint(
                                "depth of all",
                                3,
                                1_723_161_253_937_085_768L,
                                "tape-3.zst",
                                4,
                                5,
                                6,
                                new TapeTotals(7, 8, 9, 10),
                                Map.of("tapeline.raw.depth/0", 11L))
                        .text()
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(byte[] input) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }
}
