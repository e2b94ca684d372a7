package io.tapeline.standalone;

import io.tapeline.schemas.access.SharedSecret;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A service's own Boot application, run in this process with the settings that only the standalone
 * can know.
 */
final class ServicePart implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private ServicePart(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Without settings that are only usual here. */
    static ServicePart start(
            Class<?> application,
            String defaults,
            WebApplicationType web,
            Map<String, String> told) {
        return start(application, defaults, web, Map.of(), told);
    }

    /**
     * @param defaults name of the file of the service's defaults, without its ending
     * @param usual settings that the environment and every file stand above
     * @param told settings that stand above the environment and every file
     */
    static ServicePart start(
            Class<?> application,
            String defaults,
            WebApplicationType web,
            Map<String, String> usual,
            Map<String, String> told) {
        String[] arguments =
                told.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new);
        return new ServicePart(
                new SpringApplicationBuilder(application)
                        .properties("spring.config.name=" + defaults)
                        .properties(Map.copyOf(usual))
                        .web(web)
                        .bannerMode(Banner.Mode.OFF)
                        .logStartupInfo(false)
                        .registerShutdownHook(false)
                        .run(arguments));
    }

    <B> B part(Class<B> type) {
        return context.getBean(type);
    }

    String setting(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    /** What the service's internal server asks for. */
    SharedSecret secret() {
        return new SharedSecret(
                context.getEnvironment().getProperty("tapeline.internal.secret", ""));
    }

    @Override
    public void close() {
        context.close();
    }
}
