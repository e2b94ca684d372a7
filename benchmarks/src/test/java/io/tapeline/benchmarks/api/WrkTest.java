package io.tapeline.benchmarks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class WrkTest {

    private static final String SAID =
            """
            Running 2s test @ http://127.0.0.1:8080/ping
              1 threads and 32 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     2.10ms    1.02ms  15.11ms   78.11%
                Req/Sec    15.33k     1.20k   17.10k    70.00%
              Latency Distribution
                 50%    1.90ms
                 75%    2.50ms
                 90%    3.30ms
                 99%  840.00us
              30521 requests in 2.00s, 9.96MB read
            Requests/sec:  15249.58
            Transfer/sec:      4.98MB
            """;

    @Test
    void whatWrkSaysIsUnderstood() throws IOException {
        assertThat(Wrk.parse(SAID)).isEqualTo(new Wrk.Load(15_249.58, 0.84));
        assertThat(Wrk.parse(SAID.replace("840.00us", "1.25s")).p99Ms()).isEqualTo(1_250);
    }

    @Test
    void aRunWithRefusalsIsNone() {
        assertThatThrownBy(() -> Wrk.parse(SAID + "  Non-2xx or 3xx responses: 17\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("17");
    }
}
