package io.tapeline.query.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of those who may write and cost, known by their SHA-256 alone. Keys are 256 random bits,
 * which nobody guesses from a hash however fast it is: salt and stretching are for what people
 * think up. Every hash is compared, in constant time.
 */
public final class ApiKeys {

    private static final Pattern ENTRY =
            Pattern.compile("([A-Za-z0-9._-]{1,64})=sha256:([0-9a-fA-F]{64})");
    private static final int LONGEST = 256;

    private final Map<String, byte[]> hashes;
    private final boolean demanded;

    private ApiKeys(Map<String, byte[]> hashes, boolean demanded) {
        this.hashes = hashes;
        this.demanded = demanded;
    }

    /**
     * @param entries {@code name=sha256:<64 hexadecimal digits>}
     * @throws IllegalArgumentException if one is no entry, or a name comes twice; the message does
     *     not repeat the entry, which may be a key put in by mistake
     */
    public static ApiKeys of(List<String> entries) {
        Map<String, byte[]> hashes = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = ENTRY.matcher(entries.get(i).strip());
            if (!entry.matches()) {
                throw new IllegalArgumentException(
                        "tapeline.guard.keys: entry "
                                + (i + 1)
                                + " is not name=sha256:<64 hexadecimal digits>;"
                                + " ./tapeline key NAME makes one");
            }
            if (hashes.put(entry.group(1), HexFormat.of().parseHex(entry.group(2))) != null) {
                throw new IllegalArgumentException(
                        "tapeline.guard.keys: name " + entry.group(1) + " comes twice");
            }
        }
        return new ApiKeys(hashes, !hashes.isEmpty());
    }

    /** The same, needed even where there are none: then nobody has one. */
    ApiKeys demanded() {
        return new ApiKeys(hashes, true);
    }

    /** Where nobody was given a key nobody needs one. */
    public boolean areDemanded() {
        return demanded;
    }

    int size() {
        return hashes.size();
    }

    /** Whose key it is; empty where it is nobody's. */
    Optional<String> holderOf(String key) {
        if (key.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = sha256(key);
        Optional<String> holder = Optional.empty();
        for (Map.Entry<String, byte[]> each : hashes.entrySet()) {
            if (MessageDigest.isEqual(each.getValue(), hash)) {
                holder = Optional.of(each.getKey());
            }
        }
        return holder;
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
