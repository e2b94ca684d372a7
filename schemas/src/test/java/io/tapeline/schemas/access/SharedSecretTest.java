package io.tapeline.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretTest {

    private static final String TEXT = "0123456789abcdef";

    @Test
    void onlyWhoTellsItIsAnswered() {
        SharedSecret secret = new SharedSecret(TEXT);
        assertThat(secret.admits(TEXT)).isTrue();
        assertThat(secret.admits(TEXT + "0")).isFalse();
        assertThat(secret.admits("0123456789abcdeF")).isFalse();
        assertThat(secret.admits("")).isFalse();
        assertThat(secret.admits(null)).isFalse();
        assertThat(secret.told()).contains(TEXT);
    }

    @Test
    void withoutOneEverybodyIsAnswered() {
        assertThat(SharedSecret.NONE.admits(null)).isTrue();
        assertThat(SharedSecret.NONE.admits(TEXT)).isTrue();
        assertThat(SharedSecret.NONE.told()).isEmpty();
    }

    @Test
    void itIsMissingWhereOtherMachinesCanAsk() {
        InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 1);
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 1);
        assertThat(SharedSecret.NONE.isMissingAt(loopback)).isFalse();
        assertThat(SharedSecret.NONE.isMissingAt(everywhere)).isTrue();
        assertThat(new SharedSecret(TEXT).isMissingAt(everywhere)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with a blank in it", "0123456789abcde\n", "0123456789abcdé"})
    void whatIsNoSecretIsRefusedWithoutBeingTold(String text) {
        assertThatThrownBy(() -> new SharedSecret(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tapeline.internal.secret: ")
                .hasMessageNotContaining(text);
    }

    @Test
    void itIsNotInTheTextOfWhatHoldsIt() {
        assertThat(new SharedSecret(TEXT)).hasToString("a secret");
        assertThat(SharedSecret.NONE).hasToString("no secret");
    }
}
