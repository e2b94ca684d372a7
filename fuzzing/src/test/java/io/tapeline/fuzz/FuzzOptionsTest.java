package io.tapeline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzOptionsTest {

    private static FuzzOptions of(String... arguments) {
        return FuzzOptions.of(List.of(arguments));
    }

    @Test
    void withoutArgumentsEachTargetHasTenMinutes() {
        assertThat(of())
                .isEqualTo(
                        new FuzzOptions(
                                List.of(), Duration.ofMinutes(10), Path.of("fuzzing/target/fuzz")));
    }

    @ParameterizedTest
    @CsvSource({"45s, 45", "10m, 600", "2h, 7200"})
    void theTimeIsTold(String text, long seconds) {
        assertThat(of("--in", "there", "--for", text))
                .isEqualTo(
                        new FuzzOptions(List.of(), Duration.ofSeconds(seconds), Path.of("there")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0s", "-1m", "1d", "1 m", ""})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> of("--for", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--for: \"" + text + "\" is no time such as 45s, 10m or 1h");
    }

    @Test
    void whatIsNoTargetAndAnOptionWithoutItsValueAreRefused() {
        assertThatThrownBy(() -> of("NoSuch"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("target: \"NoSuch\" is not one of ");
        assertThatThrownBy(() -> of("--for"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--for: needs a value");
    }
}
