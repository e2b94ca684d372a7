package io.tapeline.query.guard;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which names this may be asked. A server that only this machine reaches is reached by whatever
 * page its browser shows, if that page's name is made to mean this machine (DNS rebinding): to the
 * browser both are one origin then. What such a request cannot do is name another host than the
 * page's own.
 */
final class Hosts {

    static final String SETTING = "tapeline.guard.allowed-hosts";

    private static final String ANY = "*";
    private static final String LOCALHOST = "localhost";
    private static final Set<String> OWN = Set.of(LOCALHOST, "127.0.0.1", "[::1]");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+]");

    private final boolean any;
    private final Set<String> names;

    private Hosts(boolean any, Set<String> names) {
        this.any = any;
        this.names = names;
    }

    /**
     * @param allowed names beside those of this machine itself; {@code *} for all that there are
     * @param onLoopback whether only this machine reaches the server; if others do and nothing is
     *     allowed by name, everything is
     * @throws IllegalArgumentException if one is no name of a host
     */
    static Hosts of(List<String> allowed, boolean onLoopback) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : allowed) {
            if (!name.equals(ANY) && !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        SETTING
                                + ": \""
                                + name
                                + "\" is no name of a host, such as tapeline.example, and not *");
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return new Hosts(allowed.isEmpty() ? !onLoopback : names.contains(ANY), names);
    }

    /**
     * @param name that the asker used, without a port; null where it used none, as only programs
     *     that are no browsers can
     */
    boolean allow(@Nullable String name) {
        return any || name == null || OWN.contains(name) || isAllowed(name);
    }

    private boolean isAllowed(String asked) {
        // "localhost." is the same host, spelled as names in zone files are.
        String end = asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked;
        String name = end.toLowerCase(Locale.ROOT);
        // RFC 6761, 6.3: no name below localhost is anybody else's.
        return name.equals(LOCALHOST)
                || name.endsWith("." + LOCALHOST)
                || names.contains(name)
                || isLoopback(name);
    }

    private static boolean isLoopback(String name) {
        boolean isBracketed = name.startsWith("[") && name.endsWith("]");
        try {
            return InetAddress.ofLiteral(isBracketed ? name.substring(1, name.length() - 1) : name)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Those that are allowed, for whoever used another. */
    String told() {
        return names.isEmpty()
                ? "localhost, 127.0.0.1, [::1]"
                : "localhost, 127.0.0.1, [::1], " + String.join(", ", names);
    }
}
