package io.tapeline.query.web;

import io.tapeline.schemas.market.EpochMicros;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Says of each answer how long it may be kept, before its operation, which may know better. */
final class Keeping implements HandlerInterceptor {

    static final String HEADER = "Cache-Control";
    private static final String NOT_AT_ALL = "no-store";
    private static final String CHECKED = "no-cache";

    /** Holes are found and filled within it, or the exchange has been away for long. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private final String live;
    private final String instruments;
    private final String closed;
    private final Clock clock;

    Keeping(CacheSettings settings, Clock clock) {
        this.live = text(settings.live(), NOT_AT_ALL);
        this.instruments = text(settings.instruments(), CHECKED);
        this.closed = text(settings.closed(), CHECKED);
        this.clock = clock;
    }

    private static String text(Duration age, String none) {
        return age.toSeconds() == 0 ? none : "public, max-age=" + age.toSeconds();
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().equals(getClass().getPackageName())) {
            Kept kept = method.getMethodAnnotation(Kept.class);
            response.setHeader(HEADER, kept == null ? NOT_AT_ALL : text(kept.value()));
        }
        return true;
    }

    private String text(Kept.As as) {
        return switch (as) {
            case LIVE -> live;
            case INSTRUMENTS -> instruments;
            case CHECKED -> CHECKED;
        };
    }

    /** An answer out of live state. */
    void live(HttpServletResponse response) {
        response.setHeader(HEADER, live);
    }

    /**
     * An answer that tells nothing but what is over.
     *
     * @param end of what it tells, exclusive
     */
    void past(EpochMicros end, HttpServletResponse response) {
        if (end.toInstant().isBefore(clock.instant().minus(SETTLED))) {
            response.setHeader(HEADER, closed);
        }
    }

    /** Whatever its operation had said before it failed. */
    static void problem(HttpServletResponse response) {
        response.setHeader(HEADER, NOT_AT_ALL);
    }
}
