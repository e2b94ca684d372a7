package io.tapeline.query.web;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.tapeline.query.QuerySettings;
import io.tapeline.query.document.ApiDocument;
import io.tapeline.query.guard.Connections;
import io.tapeline.query.guard.Guard;
import io.tapeline.query.guard.GuardSettings;
import io.tapeline.query.guard.Room;
import io.tapeline.query.guard.RoomSize;
import io.tapeline.query.guard.Tariff;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Aggregators;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.catalina.core.StandardHost;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.webjars.WebJarVersionLocator;
import tools.jackson.databind.JacksonModule;
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
    private final Keeping keeping;

    WebConfiguration(QuerySettings settings, CacheSettings cache, Clock clock) {
        this.settings = settings;
        this.keeping = new Keeping(cache, clock);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(keeping);
        registry.addInterceptor(new KnownParameters());
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/redoc").setViewName("forward:/redoc/index.html");
    }

    /** ReDoc's script, whichever version the build brought. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/redoc/lib/**")
                .addResourceLocations(
                        "classpath:/META-INF/resources/webjars/redoc/"
                                + new WebJarVersionLocator().version("redoc")
                                + "/bundles/")
                .setCacheControl(CacheControl.noCache());
    }

    /** Of answers, and of whatever else the process writes as JSON. */
    @Bean
    JacksonModule times() {
        return Times.module();
    }

    @Bean
    Keeping keeping() {
        return keeping;
    }

    @Bean
    Live live(Aggregators aggregators, InstrumentRegistry registry) {
        return new Live(aggregators, registry);
    }

    @Bean
    Connections connections(GuardSettings guard) {
        return new Connections(guard.connections());
    }

    /**
     * @param faces tariffs of other faces; what they do not cover is native
     */
    @Bean
    Guard guard(
            GuardSettings guard,
            ServerProperties server,
            Connections connections,
            ObjectProvider<Tariff> faces,
            JsonMapper json,
            Clock clock) {
        List<Tariff> tariffs = new ArrayList<>(faces.orderedStream().toList());
        tariffs.add(new NativeTariff(json));
        QuerySettings.Limits limits = settings.limits();
        InetAddress address = server.getAddress();
        return new Guard(
                guard,
                address != null && address.isLoopbackAddress(),
                Map.of(
                        Room.STATE,
                        new RoomSize(limits.concurrent(), Duration.ZERO),
                        Room.LISTS,
                        new RoomSize(limits.concurrentLists(), limits.patience()),
                        Room.HISTORY,
                        new RoomSize(limits.concurrentHistory(), limits.patience())),
                connections,
                tariffs,
                clock);
    }

    @Bean
    FilterRegistrationBean<Guard> guardRegistration(Guard guard) {
        FilterRegistrationBean<Guard> registration = new FilterRegistrationBean<>(guard);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    /** Before the guard, so that pages of other origins may read its refusals. */
    @Bean
    FilterRegistrationBean<CorsFilter> cors() {
        CorsFilter filter = new CorsFilter(OtherOrigins.allowed(settings.corsOrigins()));
        filter.setCorsProcessor(OtherOrigins.processor());
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(!settings.corsOrigins().isEmpty());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<EntityTags> entityTags() {
        FilterRegistrationBean<EntityTags> registration =
                new FilterRegistrationBean<>(new EntityTags());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 4);
        return registration;
    }

    /**
     * @param failures the one that is made of all
     */
    @Bean
    FilterRegistrationBean<Shortcuts> shortcuts(
            PricesController prices,
            BooksController books,
            JsonMapper json,
            @Qualifier("handlerExceptionResolver")
                    ObjectProvider<HandlerExceptionResolver> failures) {
        FilterRegistrationBean<Shortcuts> registration =
                new FilterRegistrationBean<>(new Shortcuts(prices, books, keeping, json, failures));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
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
        return ApiDocument.beginning();
    }

    /** The document is made once, when it is asked for first. */
    @Bean
    OpenApiCustomizer openApiCustomizer(
            @Qualifier("requestMappingHandlerMapping")
                    ObjectProvider<RequestMappingHandlerMapping> operations,
            JsonMapper json) {
        return document -> {
            ModelConverters.getInstance(true)
                    .read(Problem.class)
                    .forEach(document.getComponents()::addSchemas);
            List<Type> answers =
                    new ArrayList<>(List.of(Problem.class, LiveCandleJson.class, DepthJson.class));
            operations
                    .getObject()
                    .getHandlerMethods()
                    .values()
                    .forEach(method -> answers.add(method.getMethod().getGenericReturnType()));
            ApiDocument.complete(document, answers, json);
        };
    }
}
