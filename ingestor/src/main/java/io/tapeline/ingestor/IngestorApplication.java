package io.tapeline.ingestor;

import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The ingestor as a service of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(IngestorProperties.class)
public class IngestorApplication {

    /** The file of its defaults is its own, so that several services share a class path. */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(IngestorApplication.class)
                .properties("spring.config.name=ingestor")
                .run(arguments);
    }

    @Bean(destroyMethod = "close")
    Ingestor ingestor(IngestorProperties properties) throws InterruptedException {
        return Ingestor.start(properties.toSettings(), Clock.systemUTC());
    }

    @Bean
    IngestorHealth ingestorHealthIndicator(Ingestor ingestor) {
        return new IngestorHealth(ingestor);
    }

    @Bean
    IngestorMeters ingestorMeters(Ingestor ingestor) {
        return new IngestorMeters(ingestor);
    }
}
