package io.tapeline.query.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long browsers, proxies and clients may keep answers, under {@code tapeline.cache.}
 *
 * @param live a latest price, ticker or book; 0: not at all
 * @param instruments the list of pairs
 * @param closed a page of the past that nothing is expected to change any more
 */
@ConfigurationProperties("tapeline.cache")
public record CacheSettings(
        @DefaultValue("0s") Duration live,
        @DefaultValue("10s") Duration instruments,
        @DefaultValue("1h") Duration closed) {

    private static final Duration MOST = Duration.ofDays(365);

    public CacheSettings {
        within("live", live);
        within("instruments", instruments);
        within("closed", closed);
    }

    private static void within(String name, Duration value) {
        if (value.isNegative() || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "tapeline.cache." + name + ": " + value + " is not 0 to " + MOST);
        }
    }
}
