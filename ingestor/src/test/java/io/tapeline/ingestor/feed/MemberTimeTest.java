package io.tapeline.ingestor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MemberTimeTest {

    @Test
    void theTimeIsFoundWhereverItStandsAndToldInMicroseconds() {
        assertThat(span("timestamp", 1_000, "{\"timestamp\": 1700000000123,\"price\":1}"))
                .isEqualTo(1_700_000_000_123_000L);
        assertThat(span("usOut", 1, "{\"result\":{},\"usOut\":17}")).isEqualTo(17);
        assertThat(span("last_updated_at", 1_000_000, "{\"usd\":1}")).isZero();
        assertThat(span("last_updated_at", 1_000_000, "{\"last_updated_at\":null}")).isZero();
        assertThat(span("x", 1, "{\"x\":")).isZero();
    }

    private static long span(String member, long microsPerUnit, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        MemberTime time = new MemberTime(member, microsPerUnit);
        assertThat(time.last(bytes)).isEqualTo(time.first(bytes));
        return time.first(bytes);
    }
}
