package io.tapeline.ingestor.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IncomingTest {

    @Test
    void aNotificationsDataIsTakenVerbatim() {
        String data = "{\"timestamp\": 1700000000123,\"price\":4.20e4,\"index_name\":\"btc_usd\"}";
        Incoming read =
                read(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":"
                                + "\"deribit_price_index.btc_usd\",\"data\":"
                                + data
                                + "}}");
        assertThat(read).isInstanceOf(Incoming.Notification.class);
        if (read instanceof Incoming.Notification(String channel, byte[] bytes)) {
            assertThat(channel).isEqualTo("deribit_price_index.btc_usd");
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(data);
        }
    }

    @Test
    void heartbeatsAndRequestsForATestAreToldApart() {
        assertThat(
                        read(
                                "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":"
                                        + "{\"type\":\"heartbeat\"}}"))
                .isEqualTo(new Incoming.Heartbeat());
        assertThat(
                        read(
                                "{\"params\":{\"type\":\"test_request\"},\"method\":\"heartbeat\","
                                        + "\"jsonrpc\":\"2.0\"}"))
                .isEqualTo(new Incoming.TestRequest());
    }

    @Test
    void anAnswerTellsTheAcceptedChannels() {
        assertThat(
                        read(
                                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[\"x\",\"y\"],"
                                        + "\"usIn\":1,\"usOut\":2,\"usDiff\":1,\"testnet\":false}"))
                .isEqualTo(new Incoming.Accepted(7, List.of("x", "y")));
        assertThat(read("{\"id\":8,\"result\":\"ok\"}"))
                .isEqualTo(new Incoming.Accepted(8, List.of()));
        assertThat(read("{\"id\":9,\"result\":{\"version\":\"1.2.26\"}}"))
                .isEqualTo(new Incoming.Accepted(9, List.of()));
    }

    @Test
    void anErrorTellsItsCodeWithAndWithoutTheIdOfARequest() {
        assertThat(
                        read(
                                "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":10028,"
                                        + "\"message\":\"too_many_requests\",\"data\":{\"reason\":"
                                        + "\"x\"}},\"usIn\":1}"))
                .isEqualTo(new Incoming.Refused(3, new DeribitError(10028, "too_many_requests")));
        assertThat(read("{\"id\":null,\"error\":{\"code\":-32602,\"message\":\"Invalid params\"}}"))
                .isEqualTo(
                        new Incoming.Refused(
                                Incoming.NO_ID, new DeribitError(-32602, "Invalid params")));
    }

    @Test
    void whatIsNoneOfTheseIsNotRead() {
        assertThat(read("")).isNull();
        assertThat(read("{\"method\":\"subscription\",\"params\":{\"channel\":\"x\"}}")).isNull();
        assertThat(read("{\"method\":\"heartbeat\",\"params\":{\"type\":\"other\"}}")).isNull();
        assertThat(read("{\"id\":1,\"result\":[\"x\"]")).isNull();
    }

    @Test
    void errorsAreOfTheClassesThatSayWhatToDo() {
        assertThat(List.of(10028, 10040, 13028, 13888, 11051, 11056, 11029, -32601, 99999))
                .map(code -> new DeribitError(code, "").kind())
                .containsExactly(
                        DeribitError.Kind.TOO_MANY,
                        DeribitError.Kind.RETRY,
                        DeribitError.Kind.RETRY,
                        DeribitError.Kind.RETRY,
                        DeribitError.Kind.AWAY,
                        DeribitError.Kind.AWAY,
                        DeribitError.Kind.PERMANENT,
                        DeribitError.Kind.PERMANENT,
                        DeribitError.Kind.PERMANENT);
    }

    private static @Nullable Incoming read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Incoming.read(bytes, 0, bytes.length);
    }
}
