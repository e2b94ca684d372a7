package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.fault.FaultKind;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the suite's classes leave no fault to chance. */
class FaultSuiteTest {

    @Test
    void every_fault_that_the_exchange_knows_is_in_the_suite() {
        assertThat(
                        Stream.of(AnswerFaultsIT.scenarios(), ConnectionFaultsIT.scenarios(1))
                                .flatMap(scenarios -> scenarios.stream())
                                .flatMap(FaultScenario::names)
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(FaultKind.names());
    }
}
