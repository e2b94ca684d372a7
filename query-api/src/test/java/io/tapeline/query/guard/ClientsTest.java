package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientsTest {

    private static Clients behind(String... proxies) {
        return new Clients(List.of(proxies).stream().map(Network::parse).toList());
    }

    @Test
    void whoeverIsNotAProxyIsNotBelieved() {
        assertThat(behind().of("198.51.100.7", List.of("203.0.113.1"))).isEqualTo("198.51.100.7");
        assertThat(behind("10.0.0.0/8").of("198.51.100.7", List.of("203.0.113.1")))
                .isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    203.0.113.1                        | 203.0.113.1
                    203.0.113.1, 10.1.2.3              | 203.0.113.1
                    6.6.6.6, 203.0.113.1               | 203.0.113.1
                    6.6.6.6, 203.0.113.1, 10.9.9.9     | 203.0.113.1
                    203.0.113.1:51234                  | 203.0.113.1
                    [2001:db8:1:2:3:4:5:6]:443         | 2001:db8:1:2::/64
                    2001:db8:1:2::9                    | 2001:db8:1:2::/64
                    6.6.6.6, unknown                   | 10.0.0.1
                    6.6.6.6,                           | 10.0.0.1
                    10.0.0.2, 10.0.0.3                 | 10.0.0.2
                    """)
    void theLastThatIsNoProxyOfOursIsTheClient(String forwarded, String client) {
        assertThat(behind("10.0.0.0/8").of("10.0.0.1", List.of(forwarded))).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(behind("10.0.0.1").of("10.0.0.1", List.of("6.6.6.6", "203.0.113.1")))
                .isEqualTo("203.0.113.1");
        assertThat(behind("10.0.0.1").of("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true"
    })
    void aNetworkContainsWhatBeginsAsItDoes(String network, String address, boolean contains) {
        assertThat(Network.parse(network).contains(java.net.InetAddress.ofLiteral(address)))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::1/129"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
