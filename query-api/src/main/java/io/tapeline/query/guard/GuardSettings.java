package io.tapeline.query.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask how much, under {@code tapeline.guard.}
 *
 * @param weightPerMinute weight that one client may use in a minute, counted as the exchange
 *     counts; 0: nobody is counted
 * @param clients most clients that are told apart within a minute; all others share one account
 * @param trustedProxies addresses or networks, such as 10.0.0.0/8, whose X-Forwarded-For is
 *     believed; none by default
 * @param allowedHosts names of hosts by which page and API may be asked, without ports, beside
 *     localhost and its addresses; others get 421. {@code *} for any. Where none are named: any, or
 *     on a loopback address none
 * @param connections most live connections of one client, streams and WebSockets together; 0: no
 *     bound but that of all
 * @param keys API keys as name=sha256:HEX, made by ./tapeline key; where there are any, orders and
 *     candles that have to be fetched from the exchange need one
 * @param keysFile more of them, one a line; lines that begin with # say nothing. Read again when it
 *     changes; where it is named keys are needed, also while it holds none
 */
@ConfigurationProperties("tapeline.guard")
public record GuardSettings(
        @DefaultValue("0") int weightPerMinute,
        @DefaultValue("100000") int clients,
        @DefaultValue({}) List<String> trustedProxies,
        @DefaultValue({}) List<String> allowedHosts,
        @DefaultValue("0") int connections,
        @DefaultValue({}) List<String> keys,
        @Nullable Path keysFile) {

    public GuardSettings {
        within("weight-per-minute", weightPerMinute, 0, 1_000_000_000);
        within("clients", clients, 1, 10_000_000);
        within("connections", connections, 0, 1_000_000);
        for (String proxy : trustedProxies) {
            var _ = network(proxy);
        }
        var _ = Hosts.of(allowedHosts, true);
        var _ = ApiKeys.of(keys);
    }

    List<Network> proxies() {
        return trustedProxies.stream().map(GuardSettings::network).toList();
    }

    /**
     * @throws UncheckedIOException if the file cannot be read: without it everybody might write
     */
    ApiKeys apiKeys() {
        Path file = file();
        if (file == null) {
            return ApiKeys.of(keys);
        }
        List<String> all = new ArrayList<>(keys);
        try (var lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException("tapeline.guard.keys-file: " + file, e);
        }
        return ApiKeys.of(all).demanded();
    }

    /** Null where none is named. */
    @Nullable Path file() {
        return keysFile == null || keysFile.toString().isEmpty() ? null : keysFile;
    }

    /** Without the hashes. */
    @Override
    public String toString() {
        return "GuardSettings["
                + weightPerMinute
                + " a minute, "
                + connections
                + " connections, "
                + keys.size()
                + " keys]";
    }

    private static Network network(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "tapeline.guard.trusted-proxies: \"" + text + "\" is no address or network", e);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "tapeline.guard." + name + ": " + value + " is not " + least + " to " + most);
        }
    }
}
