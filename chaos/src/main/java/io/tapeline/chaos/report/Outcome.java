package io.tapeline.chaos.report;

import io.tapeline.chaos.judge.Convergence;
import io.tapeline.chaos.plan.Round;
import java.time.Duration;

/** What became of a round. */
public sealed interface Outcome {

    Round round();

    /**
     * @param recovery from the end of the last cause until every stream flowed and both APIs were
     *     up to date
     */
    record Survived(Round round, Duration recovery, Convergence.Verdict verdict)
            implements Outcome {}

    /**
     * @param finding what is not as it must be
     */
    record Failed(Round round, String finding) implements Outcome {}
}
