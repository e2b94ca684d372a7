package io.tapeline.query.web;

import io.tapeline.query.guard.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * What pages of other origins may do, where any may: whatever a client could that sends no cookies.
 */
final class OtherOrigins {

    private static final List<String> PATHS =
            List.of("/v1/**", "/api/**", "/ping", "/openapi.json");

    private OtherOrigins() {}

    static CorsConfigurationSource allowed(List<String> origins) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
        rules.setAllowedHeaders(
                List.of(
                        "Accept",
                        "Authorization",
                        "Content-Type",
                        "If-None-Match",
                        "X-API-Key",
                        "X-MBX-APIKEY",
                        "X-MBX-TIME-UNIT",
                        RequestIds.HEADER));
        rules.setExposedHeaders(
                List.of(
                        "ETag",
                        "Location",
                        "Retry-After",
                        RequestIds.HEADER,
                        NativeTariff.USED_WEIGHT,
                        "X-MBX-USED-WEIGHT",
                        "X-MBX-USED-WEIGHT-1M",
                        "Tapeline-Incomplete",
                        "Tapeline-Left-Out",
                        "Tapeline-Reason",
                        "Tapeline-State"));
        rules.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        PATHS.forEach(path -> source.registerCorsConfiguration(path, rules));
        return source;
    }

    /**
     * Whether a page may read an answer is for its browser to say: an origin that is not allowed
     * gets no leave, and its plain questions are answered as those of anybody else are, for not
     * only browsers name an origin.
     */
    static CorsProcessor processor() {
        return new DefaultCorsProcessor() {
            @Override
            public boolean processRequest(
                    @Nullable CorsConfiguration rules,
                    HttpServletRequest request,
                    HttpServletResponse response)
                    throws IOException {
                boolean mayRead =
                        rules == null || rules.checkOrigin(request.getHeader("Origin")) != null;
                if (mayRead || CorsUtils.isPreFlightRequest(request)) {
                    return super.processRequest(rules, request, response);
                }
                response.addHeader("Vary", "Origin");
                return true;
            }

            @Override
            protected void rejectRequest(ServerHttpResponse response) throws IOException {
                response.setStatusCode(HttpStatus.FORBIDDEN);
                response.flush();
            }
        };
    }
}
