package io.tapeline.ingestor;

import java.net.URI;
import java.util.List;

/** What the text of a setting says. */
final class SettingText {

    private SettingText() {}

    /** Of a list that may hold blanks, as one in an environment variable does. */
    static List<String> names(List<String> texts) {
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    /**
     * Without a slash at its end, since paths are appended.
     *
     * @param scheme {@code http} or {@code ws}; either may be with TLS
     * @throws IllegalArgumentException naming the setting, if it is no such address
     */
    static URI address(String setting, String text, String scheme) {
        String base = text.strip().replaceFirst("/+$", "");
        if (!base.startsWith(scheme + "://") && !base.startsWith(scheme + "s://")) {
            throw new IllegalArgumentException(
                    setting
                            + ": \""
                            + text
                            + "\" does not begin with "
                            + scheme
                            + ":// or "
                            + scheme
                            + "s://");
        }
        try {
            return URI.create(base);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": \"" + text + "\" is no address", e);
        }
    }
}
