package io.tapeline.exchange.replay;

import java.util.Arrays;

/** Takes the payload's own bytes out of the envelope of combined streams. */
final class Envelope {

    private static final byte[] DATA = {'"', 'd', 'a', 't', 'a', '"'};

    private Envelope() {}

    /** The bytes of the value of {@code data}, which must be the envelope's last field. */
    static byte[] payload(byte[] raw) {
        int at = indexOf(raw, DATA) + DATA.length;
        while (raw[at] != ':') {
            at++;
        }
        at++;
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

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no data in the envelope");
    }
}
