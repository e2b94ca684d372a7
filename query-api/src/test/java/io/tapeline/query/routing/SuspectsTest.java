package io.tapeline.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuspectsTest {

    private static final Address ONE = new Address("127.0.0.1", 1);
    private static final Address TWO = new Address("127.0.0.1", 2);
    private static final Address THREE = new Address("127.0.0.1", 3);

    private long nanos = Long.MAX_VALUE - 1_000;
    private final Suspects suspects = new Suspects(() -> nanos);

    @Test
    void whoFailedComesLastAndTheOthersKeepTheirOrder() {
        suspects.failed(ONE);
        assertThat(suspects.last(List.of(ONE, TWO, THREE))).containsExactly(TWO, THREE, ONE);
        assertThat(suspects.last(List.of(ONE))).containsExactly(ONE);
    }

    @Test
    void whoAnswersIsNoSuspectAnyMore() {
        suspects.failed(ONE);
        suspects.answered(ONE);
        assertThat(suspects.last(List.of(ONE, TWO))).containsExactly(ONE, TWO);
    }

    @Test
    void afterAWhileOneQuestionTriesItFirstAndTheOthersDoNot() {
        suspects.failed(ONE);
        nanos += Suspects.SUSPECTED_FOR.toNanos();
        assertThat(suspects.last(List.of(ONE, TWO))).containsExactly(ONE, TWO);
        assertThat(suspects.last(List.of(ONE, TWO))).containsExactly(TWO, ONE);
        nanos += Suspects.SUSPECTED_FOR.toNanos();
        assertThat(suspects.last(List.of(ONE, TWO))).containsExactly(ONE, TWO);
    }
}
