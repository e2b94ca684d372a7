package io.tapeline.chaos.installation;

import io.tapeline.chaos.part.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where each member listens on loopback, through all its lives.
 *
 * @param service what the others ask
 * @param management health and metrics, of those that have a port of their own for it
 */
record Ports(Map<Member, Integer> service, Map<Member, Integer> management) {

    /** Some that nobody listens on now. */
    static Ports free() throws IOException {
        Map<Member, Integer> service = new EnumMap<>(Member.class);
        Map<Member, Integer> management = new EnumMap<>(Member.class);
        // All held at once, so that none is given twice.
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Member member : Member.values()) {
                service.put(member, hold(held));
                management.put(member, hold(held));
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return new Ports(service, management);
    }

    private static int hold(List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        return socket.getLocalPort();
    }

    int of(Member member) {
        return at(service, member);
    }

    int managementOf(Member member) {
        return at(management, member);
    }

    private static int at(Map<Member, Integer> ports, Member member) {
        Integer port = ports.get(member);
        if (port == null) {
            throw new IllegalStateException("Ports: none of " + member);
        }
        return port;
    }
}
