package io.tapeline.query.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who asks: the address that a connection comes from, or, where that is a trusted proxy's, the last
 * one that the proxies name and that is none of theirs. What stands before it in {@code
 * X-Forwarded-For} anybody could have written there.
 */
final class Clients {

    /** What one customer of an IPv6 network usually has. */
    private static final int CUSTOMER_BYTES = 8;

    private final List<Network> proxies;

    Clients(List<Network> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    /**
     * @param remote the connection's other end
     * @param forwarded values of the headers {@code X-Forwarded-For}, in their order
     */
    String of(String remote, List<String> forwarded) {
        Optional<InetAddress> peer = parse(remote);
        if (peer.isEmpty()) {
            return remote;
        }
        InetAddress client = peer.get();
        if (isProxy(client)) {
            List<String> hops = Arrays.asList(String.join(",", forwarded).split(",", -1));
            for (int i = hops.size() - 1; i >= 0 && isProxy(client); i--) {
                Optional<InetAddress> hop = parse(withoutPort(hops.get(i).strip()));
                if (hop.isEmpty()) {
                    break;
                }
                client = hop.get();
            }
        }
        return name(client);
    }

    boolean trustsNobody() {
        return proxies.isEmpty();
    }

    private boolean isProxy(InetAddress address) {
        for (Network proxy : proxies) {
            if (proxy.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Of IPv6 the first half: one customer has all addresses of the second. */
    private static String name(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] first = Arrays.copyOf(address.getAddress(), CUSTOMER_BYTES);
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < first.length; i += 2) {
                name.append(Integer.toHexString((first[i] & 0xff) << 8 | first[i + 1] & 0xff))
                        .append(':');
            }
            return name.append(":/64").toString();
        }
        return address.getHostAddress();
    }

    /** {@code 192.0.2.1:443} and {@code [2001:db8::1]:443}, as some proxies write. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static Optional<InetAddress> parse(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
