package io.tapeline.standalone;

import java.util.List;
import java.util.stream.Stream;

/**
 * @param rule where EXCHANGES has it
 * @param survived whether one line at most is hurt, so that the other brings everything
 * @param faults lines of a fault script, all injected together
 */
record FaultScenario(String rule, String name, boolean survived, List<String> faults) {

    static FaultScenario of(String rule, String name, String... faults) {
        return new FaultScenario(rule, name, false, List.of(faults));
    }

    static FaultScenario ofOneLine(String rule, String name, String... faults) {
        return new FaultScenario(rule, name, true, List.of(faults));
    }

    /** By their names in scripts. */
    Stream<String> names() {
        return faults.stream().map(line -> line.split(" ")[1]);
    }
}
