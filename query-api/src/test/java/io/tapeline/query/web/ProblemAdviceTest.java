package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import tools.jackson.core.exc.JacksonIOException;

/** What became of a request that threw. */
final class ProblemAdviceTest {

    private final ProblemAdvice advice = new ProblemAdvice();

    private final List<String> said = new ArrayList<>();

    /** A response that keeps which headers it is given. */
    private HttpServletResponse headers() {
        return (HttpServletResponse)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {HttpServletResponse.class},
                        (_, method, arguments) -> {
                            said.add(method.getName() + " " + List.of(arguments));
                            return null;
                        });
    }

    @Test
    void aClientThatWentAwayWhileItsAnswerWasWrittenIsNoFailure() {
        assertThat(advice.other(new ClientAbortException("broken pipe"), headers())).isNull();
        assertThat(
                        advice.other(
                                new HttpMessageNotWritableException(
                                        "not written",
                                        JacksonIOException.construct(
                                                new ClientAbortException("broken pipe"))),
                                headers()))
                .isNull();
    }

    @Test
    void aFileThatCannotBeReadIsAFailureAndNotAnEmptyAnswer() {
        ResponseEntity<Problem> answer = advice.other(new IOException("disk"), headers());
        assertThat(answer)
                .isNotNull()
                .satisfies(problem -> assertThat(problem.getStatusCode().value()).isEqualTo(500));
        assertThat(said).containsExactly("setHeader [Cache-Control, no-store]");
    }
}
