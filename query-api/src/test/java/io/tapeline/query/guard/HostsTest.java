package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {

    private static final List<String> NOTHING = List.of();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "localhost.",
                "app.localhost",
                "127.0.0.1",
                "127.9.8.7",
                "[::1]",
                "[0:0:0:0:0:0:0:1]"
            })
    void thisMachinesOwnNamesAreAllowedAlways(String name) {
        assertThat(Hosts.of(NOTHING, true).allow(name)).isTrue();
        assertThat(Hosts.of(List.of("tapeline.example"), true).allow(name)).isTrue();
        assertThat(Hosts.of(List.of("tapeline.example"), false).allow(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.evil.example",
                "192.0.2.1",
                "[2001:db8::1]",
                "[::1].evil.example",
                "0.0.0.0",
                "",
                ".",
                "[]"
            })
    void anyOtherNameIsNotWhereOnlyThisMachineCanAsk(String name) {
        assertThat(Hosts.of(NOTHING, true).allow(name)).isFalse();
        assertThat(Hosts.of(List.of("tapeline.example"), true).allow(name)).isFalse();
        assertThat(Hosts.of(List.of("tapeline.example"), false).allow(name)).isFalse();
    }

    @Test
    void whatIsNamedIsAllowedHoweverItIsSpelled() {
        Hosts hosts = Hosts.of(List.of("Tapeline.example", "[2001:DB8::1]"), true);
        assertThat(hosts.allow("tapeline.EXAMPLE.")).isTrue();
        assertThat(hosts.allow("[2001:db8::1]")).isTrue();
        assertThat(hosts.allow("www.tapeline.example")).isFalse();
        assertThat(hosts.told())
                .isEqualTo("localhost, 127.0.0.1, [::1], tapeline.example, [2001:db8::1]");
    }

    @Test
    void whereOthersCanAskAndNothingIsNamedAnyNameIsAllowed() {
        assertThat(Hosts.of(NOTHING, false).allow("tapeline.example")).isTrue();
        assertThat(Hosts.of(List.of("*"), true).allow("tapeline.example")).isTrue();
    }

    @Test
    void whoNamesNoHostIsNoBrowser() {
        assertThat(Hosts.of(NOTHING, true).allow(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://tapeline.example", "tapeline.example:8080", "*.example"})
    void whatIsNoNameIsRefusedAtTheStart(String name) {
        assertThatThrownBy(() -> Hosts.of(List.of(name), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tapeline.guard.allowed-hosts: \""
                                + name
                                + "\" is no name of a host, such as tapeline.example, and not *");
    }
}
