package io.tapeline.query.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Tags of lists and pages that often are what they were: whoever has one is told so in a line. Weak
 * ones, for a body is compressed on its way; and of the body, so that all instances give the same.
 */
final class EntityTags extends ShallowEtagHeaderFilter {

    EntityTags() {
        setWriteWeakETag(true);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !(path.equals("/v1/instruments")
                || path.equals("/v1/gaps")
                || path.equals("/openapi.json")
                || path.startsWith("/v1/klines/")
                || path.startsWith("/v1/completeness/")
                || path.startsWith("/v1/prices/") && path.endsWith("/history"));
    }
}
