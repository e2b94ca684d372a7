package io.tapeline.query.guard;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that begin alike: {@code 10.0.0.0/8}, or one address.
 *
 * @param bits how many of the address' first bits count
 */
record Network(InetAddress address, int bits) {

    Network {
        int all = address.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException(
                    "network: " + address.getHostAddress() + "/" + bits + " is not 0 to " + all);
        }
    }

    /**
     * @throws IllegalArgumentException if it is neither an address nor a network
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        return new Network(
                address,
                slash < 0
                        ? address.getAddress().length * Byte.SIZE
                        : Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] its = other.getAddress();
        int whole = bits / Byte.SIZE;
        if (mine.length != its.length || !Arrays.equals(mine, 0, whole, its, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        return rest == 0
                || (mine[whole] & 0xff) >> (Byte.SIZE - rest)
                        == (its[whole] & 0xff) >> (Byte.SIZE - rest);
    }
}
