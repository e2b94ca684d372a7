package io.tapeline.query.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.tapeline.query.QuerySettings;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Aggregators;
import java.time.Clock;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** The REST face: controllers, filters and what Tomcat is told. */
@Configuration(proxyBeanMethods = false)
@Import({
    PingController.class,
    InstrumentsController.class,
    PricesController.class,
    PriceHistoryController.class,
    TickersController.class,
    KlinesController.class,
    BooksController.class,
    GapsController.class,
    CompletenessController.class,
    CollectionsController.class,
    StreamController.class,
    SocketController.class,
    StatusController.class,
    ProblemAdvice.class
})
public class WebConfiguration implements WebMvcConfigurer {

    private final QuerySettings settings;

    WebConfiguration(QuerySettings settings) {
        this.settings = settings;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters());
    }

    @Override
    public void addCorsMappings(CorsRegistry registry) {
        if (!settings.corsOrigins().isEmpty()) {
            registry.addMapping("/v1/**")
                    .allowedOrigins(settings.corsOrigins().toArray(String[]::new))
                    .allowedMethods("GET", "HEAD");
        }
    }

    @Bean
    Live live(Aggregators aggregators, InstrumentRegistry registry) {
        return new Live(aggregators, registry);
    }

    @Bean
    FirstLook firstLook(
            Aggregators aggregators, InstrumentRegistry registry, JsonMapper json, Clock clock) {
        return new FirstLook(aggregators, registry, json, clock, settings.stream().bookDepth());
    }

    @Bean
    Gate gate(JsonMapper json) {
        return new Gate(settings.limits().concurrent(), json);
    }

    @Bean
    FilterRegistrationBean<Gate> gateRegistration(Gate gate) {
        FilterRegistrationBean<Gate> registration = new FilterRegistrationBean<>(gate);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        FilterRegistrationBean<SecurityHeaders> registration =
                new FilterRegistrationBean<>(new SecurityHeaders());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Refusals of Tomcat's own are problem documents too. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
        return factory ->
                factory.addContextCustomizers(context -> {
                    if (context.getParent() instanceof StandardHost host) {
                        host.setErrorReportValveClass(ProblemReportValve.class.getName());
                    }
                });
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Tapeline")
                                .version("v1")
                                .description(
                                        "Live state and history of an exchange's whole tape."
                                            + " Decimals are strings, exact; times are RFC 3339,"
                                            + " UTC; errors are problem documents (RFC 9457) that"
                                            + " name the parameter and what is allowed.")
                                .license(
                                        new License()
                                                .name("Apache-2.0")
                                                .url(
                                                        "https://www.apache.org/licenses/LICENSE-2.0")));
    }
}
