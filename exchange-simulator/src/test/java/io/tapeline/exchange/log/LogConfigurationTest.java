package io.tapeline.exchange.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogConfigurationTest {

    @Test
    void the_log_is_text_or_events_of_the_schema() throws Exception {
        assertThat(encoder("text")).isInstanceOf(PatternLayoutEncoder.class);
        assertThat(encoder("ecs")).isInstanceOf(EcsEncoder.class);
    }

    /** Of the simulator's own configuration. */
    private static Encoder<ILoggingEvent> encoder(String format) throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("TAPELINE_LOG_FORMAT", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(
                        LogConfigurationTest.class.getResource("/exchange-logback.xml")));
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>)
                        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
        Encoder<ILoggingEvent> encoder = console.getEncoder();
        context.stop();
        return encoder;
    }
}
