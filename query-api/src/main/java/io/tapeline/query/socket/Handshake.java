package io.tapeline.query.socket;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request that opens a connection (RFC 6455, 4.2). */
public final class Handshake {

    static final String KEY = "Sec-WebSocket-Key";
    static final String ACCEPT = "Sec-WebSocket-Accept";
    static final String VERSION = "Sec-WebSocket-Version";
    static final String SUPPORTED = "13";

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private Handshake() {}

    /** Empty if a connection may be opened, else what is wrong with the request. */
    public static Optional<String> fault(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return Optional.of("a WebSocket is opened with GET");
        }
        if (!hasToken(request, "Connection", "upgrade")
                || !hasToken(request, "Upgrade", "websocket")) {
            return Optional.of("Connection: Upgrade and Upgrade: websocket are needed");
        }
        if (!SUPPORTED.equals(request.getHeader(VERSION))) {
            return Optional.of(VERSION + ": " + SUPPORTED + " is needed");
        }
        if (!isKey(request.getHeader(KEY))) {
            return Optional.of(KEY + ": 16 bytes in Base64 are needed");
        }
        return Optional.empty();
    }

    private static boolean hasToken(HttpServletRequest request, String header, String token) {
        List<String> values = Collections.list(request.getHeaders(header));
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).equals(token));
    }

    private static boolean isKey(@Nullable String key) {
        if (key == null) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String accept(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
