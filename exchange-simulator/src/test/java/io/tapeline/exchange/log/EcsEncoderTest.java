package io.tapeline.exchange.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EcsEncoderTest {

    private static LoggingEvent event() {
        LoggingEvent event = new LoggingEvent();
        event.setMDCPropertyMap(Map.of("requestId", "question-7"));
        event.setLoggerName("io.tapeline.Something");
        event.setLevel(Level.WARN);
        event.setThreadName("shares");
        event.setMessage("a \"quoted\"\nmessage");
        event.setInstant(Instant.parse("2026-11-22T04:30:00.123Z"));
        return event;
    }

    private static JsonNode encoded(LoggingEvent event) {
        EcsEncoder encoder = new EcsEncoder();
        encoder.setService("tapeline-exchange");
        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("\n").hasLineCount(1);
        return JsonMapper.shared().readTree(line);
    }

    @Test
    void an_event_is_one_line_with_the_fields_of_the_schema() {
        LoggingEvent event = event();
        event.addKeyValuePair(new KeyValuePair("symbol", "BTCUSDT"));
        event.addKeyValuePair(new KeyValuePair("count", 7L));
        event.addKeyValuePair(new KeyValuePair("reason", null));
        assertThat(encoded(event))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"requestId": "question-7", "symbol": "BTCUSDT", "count": 7, "reason": null,
                                         "@timestamp": "2026-11-22T04:30:00.123Z",
                                         "log": {"level": "WARN", "logger": "io.tapeline.Something"},
                                         "process": {"pid": %d, "thread": {"name": "shares"}},
                                         "service": {"name": "tapeline-exchange"},
                                         "message": "a \\"quoted\\"\\nmessage",
                                         "ecs": {"version": "8.11"}}
                                        """
                                                .formatted(ProcessHandle.current().pid())));
    }

    @Test
    void a_failure_keeps_its_stack_within_the_line() {
        LoggingEvent event = event();
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("no disk")));
        JsonNode error = encoded(event).get("error");
        assertThat(error.get("type").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.get("message").asString()).isEqualTo("no disk");
        assertThat(error.get("stack_trace").asString()).contains("EcsEncoderTest");
    }

    @Test
    void a_key_value_cannot_stand_in_for_a_field_of_the_schema() {
        LoggingEvent event = event();
        event.addKeyValuePair(new KeyValuePair("message", "another"));
        assertThat(encoded(event).get("message").asString()).isEqualTo("a \"quoted\"\nmessage");
    }
}
