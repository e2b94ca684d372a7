package io.tapeline.ingestor.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What another member left beside the group's offsets: what is understood is written the same. */
public final class CarriedFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "1",
                        "1 binance 1723161300000 1723161360000 deribit 1 2",
                        "2 x",
                        "1 binance 5 1")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        Carried.fromText(new String(input, StandardCharsets.UTF_8))
                .ifPresent(venues ->
                        assertThat(Carried.fromText(Carried.toText(venues))).contains(venues));
    }
}
