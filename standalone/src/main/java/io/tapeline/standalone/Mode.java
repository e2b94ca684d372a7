package io.tapeline.standalone;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the standalone runs against. */
public enum Mode {
    /** A simulated exchange in this process. */
    DEMO,
    /** The exchanges that the settings name; the real ones unless told otherwise. */
    LIVE;

    /** {@code demo} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException naming the modes there are
     */
    static Mode of(String id) {
        return Arrays.stream(values())
                .filter(mode -> mode.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "mode: \""
                                        + id
                                        + "\" is not one of "
                                        + Arrays.stream(values())
                                                .map(Mode::id)
                                                .collect(Collectors.joining(", "))));
    }
}
