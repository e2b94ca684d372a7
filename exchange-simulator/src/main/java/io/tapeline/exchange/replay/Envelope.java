package io.tapeline.exchange.replay;

import java.util.Arrays;

/** Takes the payload's own bytes out of the envelope of combined streams. */
final class Envelope {

    private static final byte[] DATA = {'"', 'd', 'a', 't', 'a', '"'};

    private Envelope() {}

    /** The bytes of the value of {@code data}, which must be the envelope's last field. */
    static byte[] payload(byte[] raw) {
        int at = afterKey(raw);
        while (raw[at] == ' ') {
            at++;
        }
        int end = raw.length - 1;
        while (raw[end] != '}') {
            end--;
        }
        while (raw[end - 1] == ' ') {
            end--;
        }
        return Arrays.copyOfRange(raw, at, end);
    }

    /** Behind the colon of the key; a value that reads the same has none. */
    private static int afterKey(byte[] bytes) {
        for (int i = 0; i + DATA.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + DATA.length, DATA, 0, DATA.length)) {
                int at = i + DATA.length;
                while (at < bytes.length && bytes[at] == ' ') {
                    at++;
                }
                if (at < bytes.length && bytes[at] == ':') {
                    return at + 1;
                }
            }
        }
        throw new IllegalArgumentException("no data in the envelope");
    }
}
