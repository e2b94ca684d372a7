package io.tapeline.query.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What browsers are told not to do with what they get from here. */
final class SecurityHeaders extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String PAGE =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    /**
     * Swagger UI and ReDoc style their elements inline and hold images as data; their scripts are
     * files.
     */
    private static final String DOCUMENTATION =
            PAGE + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader(
                "Content-Security-Policy",
                isDocumentation(request.getRequestURI()) ? DOCUMENTATION : PAGE);
        chain.doFilter(request, response);
    }

    private static boolean isDocumentation(String path) {
        return path.startsWith("/swagger-ui/") || path.startsWith("/redoc");
    }
}
