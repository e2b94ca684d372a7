package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import tools.jackson.core.exc.JacksonIOException;

/** What became of a request that threw. */
final class ProblemAdviceTest {

    private final ProblemAdvice advice = new ProblemAdvice();

    @Test
    void aClientThatWentAwayWhileItsAnswerWasWrittenIsNoFailure() {
        assertThat(advice.other(new ClientAbortException("broken pipe"))).isNull();
        assertThat(
                        advice.other(
                                new HttpMessageNotWritableException(
                                        "not written",
                                        JacksonIOException.construct(
                                                new ClientAbortException("broken pipe")))))
                .isNull();
    }

    @Test
    void aFileThatCannotBeReadIsAFailureAndNotAnEmptyAnswer() {
        ResponseEntity<Problem> answer = advice.other(new IOException("disk"));
        assertThat(answer)
                .isNotNull()
                .satisfies(problem -> assertThat(problem.getStatusCode().value()).isEqualTo(500));
    }
}
