package io.tapeline.query;

import io.tapeline.query.guard.GuardSettings;
import io.tapeline.query.mirror.rest.RestMirrorConfiguration;
import io.tapeline.query.mirror.stream.StreamMirrorConfiguration;
import io.tapeline.query.web.CacheSettings;
import io.tapeline.query.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The query API as a service of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({QuerySettings.class, GuardSettings.class, CacheSettings.class})
@Import({
    QueryConfiguration.class,
    WatchConfiguration.class,
    MeterConfiguration.class,
    WebConfiguration.class,
    RestMirrorConfiguration.class,
    StreamMirrorConfiguration.class
})
public class QueryApiApplication {

    public static void main(String[] args) {
        // Runs until the process is told to stop; Boot's shutdown hook closes it then.
        var _ = QueryApi.start(args);
    }
}
