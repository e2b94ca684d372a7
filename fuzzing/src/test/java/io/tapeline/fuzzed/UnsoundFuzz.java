package io.tapeline.fuzzed;

import io.tapeline.fuzz.Target;
import java.util.List;

/** Bears its seeds, and what begins as they do. */
public final class UnsoundFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(new byte[] {'a'});
    }

    @Override
    public void read(byte[] input) {
        if (input.length > 0 && input[0] == 'b') {
            throw new IllegalStateException("broken by design");
        }
    }
}
