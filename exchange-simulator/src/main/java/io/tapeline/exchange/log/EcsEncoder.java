package io.tapeline.exchange.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as a line of JSON, with the fields of the Elastic Common Schema that Spring Boot's own
 * format has, so that processes without Spring's logging write the same. Key-values and context
 * stand at the top, under their names; those of the schema's fields stand above them.
 */
public final class EcsEncoder extends EncoderBase<ILoggingEvent> {

    private static final String SCHEMA = "8.11";
    private static final byte[] NOTHING = {};

    private String service = "tapeline";

    /** Named in the configuration. */
    public void setService(String service) {
        this.service = service;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        event.getMDCPropertyMap().forEach(line::put);
        keyValues(line, event.getKeyValuePairs());
        line.put("@timestamp", event.getInstant().toString());
        line.putObject("log")
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName());
        line.putObject("process")
                .put("pid", ProcessHandle.current().pid())
                .putObject("thread")
                .put("name", event.getThreadName());
        line.putObject("service").put("name", service);
        line.put("message", event.getFormattedMessage());
        IThrowableProxy cause = event.getThrowableProxy();
        if (cause != null) {
            line.putObject("error")
                    .put("type", cause.getClassName())
                    .put("message", cause.getMessage())
                    .put("stack_trace", ThrowableProxyUtil.asString(cause));
        }
        line.putObject("ecs").put("version", SCHEMA);
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void keyValues(ObjectNode line, @Nullable List<KeyValuePair> pairs) {
        if (pairs == null) {
            return;
        }
        for (KeyValuePair pair : pairs) {
            switch (pair.value) {
                case null -> line.putNull(pair.key);
                case Integer number -> line.put(pair.key, number);
                case Long number -> line.put(pair.key, number);
                case Boolean truth -> line.put(pair.key, truth);
                default -> line.put(pair.key, String.valueOf(pair.value));
            }
        }
    }
}
