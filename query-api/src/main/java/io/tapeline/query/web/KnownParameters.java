package io.tapeline.query.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that an operation does not have, and those given twice: a misspelt {@code
 * limti} that is silently ignored gives a wrong answer that looks right.
 */
final class KnownParameters implements HandlerInterceptor {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().equals(getClass().getPackageName())) {
            Set<String> allowed =
                    known.computeIfAbsent(method.getMethod(), _ -> parametersOf(method));
            request.getParameterMap().forEach((name, values) -> check(name, values, allowed));
        }
        return true;
    }

    private static void check(String name, String[] values, Set<String> allowed) {
        if (!allowed.contains(name)) {
            throw Parameters.invalid(
                    "query",
                    name,
                    allowed.isEmpty()
                            ? "a parameter: there are none here"
                            : "a parameter: there are " + String.join(", ", allowed));
        }
        if (values.length > 1) {
            throw ProblemException.invalid(
                    name, "is given " + values.length + " times", "to be given once");
        }
    }

    private static Set<String> parametersOf(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(KnownParameters::nameOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String nameOf(MethodParameter parameter) {
        return String.valueOf(parameter.getParameter().getName());
    }
}
