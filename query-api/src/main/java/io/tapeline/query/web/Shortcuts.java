package io.tapeline.query.web;

import io.tapeline.query.routing.SharedQuestions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what is asked most, spelled as nearly everybody spells it, by the operation itself,
 * without looking through all operations for it; any other spelling goes the long way to the same
 * one. Equal questions of the same moment share the finished bytes.
 */
final class Shortcuts extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String JSON = "application/json";
    private static final String PRICES = "/v1/prices";
    private static final String PRICE = PRICES + "/";
    private static final String BOOK = "/v1/books/";
    private static final String DEPTH = "depth=";
    private static final int MOST_DIGITS = 4;

    private final transient PricesController prices;
    private final transient BooksController books;
    private final transient Keeping keeping;
    private final transient JsonMapper json;
    private final transient ObjectProvider<HandlerExceptionResolver> failures;
    private final transient SharedQuestions questions = new SharedQuestions();

    /**
     * @param failures how a failed operation is answered
     */
    Shortcuts(
            PricesController prices,
            BooksController books,
            Keeping keeping,
            JsonMapper json,
            ObjectProvider<HandlerExceptionResolver> failures) {
        this.prices = prices;
        this.books = books;
        this.keeping = keeping;
        this.json = json;
        this.failures = failures;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        String query = request.getQueryString();
        Supplier<byte[]> operation = isPlain(request) ? operation(path, query) : null;
        if (operation == null) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body;
        try {
            body = questions.ask(query == null ? path : path + "?" + query, operation);
        } catch (RuntimeException e) {
            if (failures.getObject().resolveException(request, response, null, e) == null) {
                throw e;
            }
            return;
        }
        keeping.live(response);
        response.setContentType(JSON);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean isPlain(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return false;
        }
        String accept = request.getHeader("Accept");
        return accept == null
                || accept.equals("*/*")
                || accept.equals(JSON)
                || accept.startsWith(JSON + ",");
    }

    /** Null where there is none here. */
    private @Nullable Supplier<byte[]> operation(String path, @Nullable String query) {
        if (path.startsWith(PRICE) && query == null) {
            int slash = slash(path, PRICE.length());
            return slash < 0
                    ? null
                    : () ->
                            json.writeValueAsBytes(
                                    prices.one(
                                            path.substring(PRICE.length(), slash),
                                            path.substring(slash + 1)));
        }
        if (path.startsWith(BOOK) && (query == null || isDepth(query))) {
            int slash = slash(path, BOOK.length());
            return slash < 0
                    ? null
                    : () ->
                            json.writeValueAsBytes(
                                    books.book(
                                            path.substring(BOOK.length(), slash),
                                            path.substring(slash + 1),
                                            query == null
                                                    ? null
                                                    : query.substring(DEPTH.length())));
        }
        return path.equals(PRICES) && query == null ? prices::whole : null;
    }

    /**
     * Between two parts that mean what they say: nothing in them is encoded, a parameter or a way
     * up. Negative where they are not just two, or not so.
     */
    private static int slash(String path, int from) {
        int slash = -1;
        for (int i = from; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/' && slash < 0 && i > from) {
                slash = i;
            } else if (!(c >= 'A' && c <= 'Z'
                    || c >= 'a' && c <= 'z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '-')) {
                return -1;
            }
        }
        return slash == path.length() - 1 ? -1 : slash;
    }

    private static boolean isDepth(String query) {
        int digits = query.length() - DEPTH.length();
        if (!query.startsWith(DEPTH) || digits < 1 || digits > MOST_DIGITS) {
            return false;
        }
        for (int i = DEPTH.length(); i < query.length(); i++) {
            if (query.charAt(i) < '0' || query.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
