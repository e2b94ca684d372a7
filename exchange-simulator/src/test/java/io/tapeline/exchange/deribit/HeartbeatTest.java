package io.tapeline.exchange.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.deribit.Heartbeat.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

    private static List<String> played(boolean answers, int seconds) {
        Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(10), START);
        List<String> events = new ArrayList<>();
        for (int second = 1; second <= seconds; second++) {
            Due due = heartbeat.due(START.plusSeconds(second));
            if (due != Due.NOTHING) {
                events.add(second + " " + due);
            }
            if (due == Due.TEST_REQUEST && answers) {
                heartbeat.answered();
            }
            if (due == Due.UNANSWERED) {
                break;
            }
        }
        return events;
    }

    @Test
    void anAnsweredHeartbeatGoesOn() {
        assertThat(played(true, 30))
                .containsExactly(
                        "10 BEAT", "15 TEST_REQUEST", "20 BEAT", "25 TEST_REQUEST", "30 BEAT");
    }

    @Test
    void aTestRequestWithoutAnAnswerForAnIntervalEndsIt() {
        assertThat(played(false, 40))
                .containsExactly("10 BEAT", "15 TEST_REQUEST", "20 BEAT", "25 UNANSWERED");
    }
}
