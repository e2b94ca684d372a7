package io.tapeline.ingestor;

import io.tapeline.ingestor.deribit.DeribitSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code tapeline.deribit.}: price indices; an empty address of the socket switches the venue off.
 *
 * @param wsUrl whole address of the socket
 * @param restUrl base to which {@code /public/get_index_price} is appended; not set: the socket's
 *     host; empty: no poll
 * @param indices names of the price indices
 * @param heartbeat how often Deribit is to send one, in whole seconds, at least 10s; after three
 *     that stay away the connection is made anew
 * @param answerWithin how long an answer may take, of the socket or of REST
 * @param stalledAfter how long an index may bring nothing before it is subscribed anew, and after
 *     that before the connection is made anew
 * @param askAgainEvery how often indices are asked for that Deribit left out or refused
 * @param maxMessage largest message that is taken
 */
record DeribitProperties(
        @DefaultValue("wss://www.deribit.com/ws/api/v2") String wsUrl,
        @Nullable String restUrl,
        @DefaultValue({"btc_usd", "eth_usd"}) List<String> indices,
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("10s") Duration answerWithin,
        @DefaultValue("30s") Duration stalledAfter,
        @DefaultValue("5m") Duration askAgainEvery,
        @DefaultValue("1MB") DataSize maxMessage) {

    /** Empty if the venue is switched off. */
    Optional<DeribitSettings> toSettings(List<String> lines) {
        if (wsUrl.isBlank()) {
            return Optional.empty();
        }
        URI socket = SettingText.address("tapeline.deribit.ws-url", wsUrl, "ws");
        return Optional.of(
                new DeribitSettings(
                        socket,
                        rest(socket),
                        SettingText.names(indices),
                        lines,
                        heartbeat,
                        answerWithin,
                        stalledAfter,
                        askAgainEvery,
                        Math.toIntExact(maxMessage.toBytes())));
    }

    /** {@code wss://host/ws/api/v2} has its REST at {@code https://host/api/v2}. */
    private Optional<URI> rest(URI socket) {
        if (restUrl != null) {
            return restUrl.isBlank()
                    ? Optional.empty()
                    : Optional.of(
                            SettingText.address("tapeline.deribit.rest-url", restUrl, "http"));
        }
        String text = socket.toString();
        if (!text.endsWith("/ws/api/v2")) {
            throw new IllegalArgumentException(
                    "tapeline.deribit.rest-url: is not set, and cannot be derived from \""
                            + text
                            + "\", which does not end with /ws/api/v2");
        }
        return Optional.of(
                URI.create(
                        text.replaceFirst("^ws", "http").replaceFirst("/ws/api/v2$", "/api/v2")));
    }
}
