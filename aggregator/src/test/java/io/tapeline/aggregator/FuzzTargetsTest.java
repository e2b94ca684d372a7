package io.tapeline.aggregator;

import io.tapeline.fuzz.Rehearsal;
import io.tapeline.fuzz.Targets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every target of this module stands its seeds and what comes of them. */
class FuzzTargetsTest {

    @TestFactory
    Stream<DynamicTest> targetsStandTheirSeedsAndWhatComesOfThem() {
        return Targets.all().stream()
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> Rehearsal.of(target)));
    }
}
