package io.tapeline.schemas.access;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of an installation know and nobody else: internal servers answer those alone who
 * tell it. It is told in the clear, so it keeps out who can reach a port, not who can listen on the
 * way.
 *
 * @param text 16 to 256 visible characters of ASCII; empty: nobody is asked for one
 */
public record SharedSecret(String text) {

    private static final Pattern FORM = Pattern.compile("|[!-~]{16,256}");

    /** The header by which it is told. */
    public static final String HEADER = "X-Tapeline-Secret";

    /** Nobody is asked for one. */
    public static final SharedSecret NONE = new SharedSecret("");

    public SharedSecret {
        if (!FORM.matcher(text).matches()) {
            // Not which: it may be a secret all the same.
            throw new IllegalArgumentException(
                    "tapeline.internal.secret: it is not 16 to 256 visible characters of ASCII;"
                            + " openssl rand -hex 32 makes one");
        }
    }

    /** What a caller tells; empty where nothing is to be told. */
    public Optional<String> told() {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /**
     * Whether a caller is answered, in a time that does not tell how much of it was right.
     *
     * @param told null where nothing was
     */
    public boolean admits(@Nullable String told) {
        return text.isEmpty()
                || told != null
                        && MessageDigest.isEqual(
                                text.getBytes(StandardCharsets.UTF_8),
                                told.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a server at that address answers other machines, whoever they are. */
    public boolean isMissingAt(InetSocketAddress bound) {
        return text.isEmpty()
                && (bound.getAddress() == null || !bound.getAddress().isLoopbackAddress());
    }

    /** Without it. */
    @Override
    public String toString() {
        return text.isEmpty() ? "no secret" : "a secret";
    }
}
