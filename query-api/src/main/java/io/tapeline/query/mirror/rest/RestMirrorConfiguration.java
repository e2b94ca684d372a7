package io.tapeline.query.mirror.rest;

import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.mirror.MirrorTariff;
import io.tapeline.query.mirror.RequestWeight;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Fleet;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The mirror's REST face. */
@Configuration(proxyBeanMethods = false)
public class RestMirrorConfiguration {

    /** For the guard, which stands before both faces. */
    @Bean
    MirrorTariff mirrorTariff() {
        return new MirrorTariff();
    }

    @Bean
    ServletRegistrationBean<MirrorServlet> restMirror(
            InstrumentRegistry registry,
            Aggregators aggregators,
            Fleet fleet,
            CandleAnswers candles,
            Clock clock) {
        ServletRegistrationBean<MirrorServlet> registration =
                new ServletRegistrationBean<>(
                        new MirrorServlet(
                                new Operations(registry, aggregators, fleet, candles, clock),
                                new UsedWeight(clock)),
                        RequestWeight.ROOT + "*");
        registration.setName("restMirror");
        return registration;
    }
}
