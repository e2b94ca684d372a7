package io.tapeline.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosOptionsTest {

    @Test
    void without_words_it_is_half_an_hour_of_a_seed_of_its_own() {
        assertThat(ChaosOptions.of(List.of(), 42))
                .isEqualTo(
                        new ChaosOptions(
                                Duration.ofMinutes(30),
                                Integer.MAX_VALUE,
                                42,
                                Path.of("chaos-42")));
    }

    @Test
    void words_say_how_long_how_many_which_seed_and_where() {
        assertThat(
                        ChaosOptions.of(
                                List.of(
                                        "--for",
                                        "90s",
                                        "--faults",
                                        "5",
                                        "--seed",
                                        "7",
                                        "--directory",
                                        "there"),
                                42))
                .isEqualTo(new ChaosOptions(Duration.ofSeconds(90), 5, 7, Path.of("there")));
    }

    @Test
    void a_word_that_is_not_understood_is_named() {
        assertThatThrownBy(() -> ChaosOptions.of(List.of("--four", "1"), 42))
                .hasMessage("chaos: --four is not understood");
        assertThatThrownBy(() -> ChaosOptions.of(List.of("--for", "30"), 42))
                .hasMessage("chaos: --for wants 90s, 30m or 2h, not 30");
        assertThatThrownBy(() -> ChaosOptions.of(List.of("--seed"), 42))
                .hasMessage("chaos: --seed wants a whole number, not ");
    }
}
