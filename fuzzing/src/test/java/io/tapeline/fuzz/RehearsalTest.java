package io.tapeline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the targets stand on. */
class RehearsalTest {

    /** Wrong wherever a quote comes after a bracket. */
    private static final class BrokenFuzz implements Target {

        @Override
        public List<byte[]> seeds() {
            return List.of("[1]".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void read(byte[] input) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            if (text.contains("[\"")) {
                throw new IllegalStateException("broken");
            }
        }
    }

    @Test
    void whatIsFoundIsToldWithItsInput() {
        assertThatThrownBy(() -> Rehearsal.of(new BrokenFuzz()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("target Broken, input ")
                .hasMessageEndingWith(": java.lang.IllegalStateException: broken");
    }

    @Test
    void anInputIsTakenApart() {
        Input input = new Input(Input.of(7, "a;b;"));
        assertThat(input.below(4)).isEqualTo(3);
        assertThat(input.parts(';').stream().map(part -> new String(part, StandardCharsets.UTF_8)))
                .containsExactly("a", "b", "");
        assertThat(input.below(4)).as("at the end").isZero();
    }

    @Test
    void theOracleKnowsOneValueFromNoneAndFromTwo() {
        assertThat(JsonOracle.depth("[[1,{}],\"[\"]")).isEqualTo(OptionalInt.of(3));
        assertThat(JsonOracle.depth(" 1 ")).isEqualTo(OptionalInt.of(0));
        for (String none : List.of("", "1 2", "[", "01", "\"\\x\"", "[1,]")) {
            assertThat(JsonOracle.depth(none)).as(none).isEmpty();
        }
    }
}
