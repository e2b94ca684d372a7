package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeysTest {

    /** Of "abc", as FIPS 180-2 has it. */
    private static final String ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String EMPTY =
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void aKeyIsKnownByItsHashAlone() {
        ApiKeys keys = ApiKeys.of(List.of("nobody=" + EMPTY, " ops=" + ABC));
        assertThat(keys.areDemanded()).isTrue();
        assertThat(keys.holderOf("abc")).hasValue("ops");
        assertThat(keys.holderOf("abd")).isEmpty();
        assertThat(keys.holderOf(ABC)).isEmpty();
        assertThat(keys.holderOf("a".repeat(10_000))).isEmpty();
    }

    @Test
    void withoutKeysNobodyNeedsOne() {
        assertThat(ApiKeys.of(List.of()).areDemanded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tl_secret",
                "ops=tl_secret",
                "ops=sha256:abc",
                "=sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void whatIsNoEntryIsRefusedWithoutBeingRepeated(String entry) {
        assertThatThrownBy(() -> ApiKeys.of(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry 1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> ApiKeys.of(List.of("ops=" + ABC, "ops=" + EMPTY)))
                .hasMessageContaining("ops comes twice");
    }
}
