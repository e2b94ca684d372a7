package io.tapeline.query.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Requests that no client should send, each of a kind of its own, from a seed. */
final class BrokenHttp {

    /**
     * @param kind what is wrong with it
     * @param mayBeDropped so little of it is HTTP, or so little comes, that there may be no answer
     */
    record Request(String kind, byte[] bytes, boolean mayBeDropped) {

        @Override
        public String toString() {
            return kind + ": " + new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static final List<String> PATHS =
            List.of(
                    "/ping",
                    "/v1/prices",
                    "/v1/prices/binance/BTCUSDT",
                    "/v1/klines/binance/BTCUSDT",
                    "/v1/books/binance/BTCUSDT",
                    "/v1/gaps",
                    "/v1/status",
                    "/api/v3/ping",
                    "/api/v3/depth",
                    "/openapi.json",
                    "/",
                    "/redoc",
                    "/actuator/health");
    private static final String END = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final int KINDS = 22;

    private final Random random;

    BrokenHttp(long seed) {
        random = new Random(seed);
    }

    Request next() {
        return of(random.nextInt(KINDS));
    }

    private Request of(int kind) {
        String path = PATHS.get(random.nextInt(PATHS.size()));
        return switch (kind) {
            case 0 ->
                    answered(
                            "a method that is none",
                            odd("G=T", "get", "PR/I", "@") + " " + path + " HTTP/1.1" + END);
            case 1 ->
                    answered(
                            "a method that is not for it",
                            odd("PUT", "PATCH", "TRACE", "LINK", "PROPFIND")
                                    + " /v1/prices HTTP/1.1"
                                    + END);
            case 2 ->
                    answered(
                            "a version that is none",
                            "GET "
                                    + path
                                    + " "
                                    + odd(
                                            "HTTP/9.9",
                                            "HTTP/1.1.1",
                                            "HTTQ/1.1",
                                            "http/1.1",
                                            "HTTP/-1")
                                    + END);
            case 3 ->
                    answered(
                            "an escape that is none",
                            "GET "
                                    + path
                                    + "/%"
                                    + odd("ZZ", "", "4", "u0041", "%")
                                    + " HTTP/1.1"
                                    + END);
            case 4 ->
                    answered(
                            "a query that cannot be decoded",
                            "GET "
                                    + operation()
                                    + "?"
                                    + odd("limit=%ZZ", "%=1", "a=%", "%%%", "x=%C0%80")
                                    + " HTTP/1.1"
                                    + END);
            case 5 ->
                    answered(
                            "characters that a path may not have",
                            "GET "
                                    + path
                                    + odd("<", ">", "{", "}", "|", "\\", "^", "`", "\"", "\u00e9")
                                    + " HTTP/1.1"
                                    + END);
            case 6 ->
                    answered(
                            "a way out of the root",
                            "GET "
                                    + odd(
                                            "/../../etc/passwd",
                                            "/v1/../../x",
                                            "/%2e%2e/%2e%2e/x",
                                            "/..%5c..%5cx",
                                            "/./../..")
                                    + " HTTP/1.1"
                                    + END);
            case 7 -> answered("no host", "GET " + path + " HTTP/1.1\r\nConnection: close\r\n\r\n");
            case 8 ->
                    answered(
                            "two hosts",
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\n"
                                    + "Host: a\r\n"
                                    + "Host: b\r\n"
                                    + "Connection: close\r\n\r\n");
            case 9 ->
                    answered(
                            "a host that is none",
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\nHost: "
                                    + odd("a b", "[::1", "a:port", "a/b", "@")
                                    + "\r\nConnection: close\r\n\r\n");
            case 10 ->
                    answered(
                            "a header that is none",
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\n"
                                    + odd("no colon", ": no name", "a b: c", "x\u0001: y", "(x): y")
                                    + END);
            case 11 ->
                    answered(
                            "a header that is too long",
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\nX: "
                                    + "a".repeat(9_000 + random.nextInt(9_000))
                                    + END);
            case 12 ->
                    answered(
                            "too many headers",
                            "GET "
                                    + path
                                    + " HTTP/1.1\r\n"
                                    + "X: y\r\n".repeat(150 + random.nextInt(100))
                                    + "Host: localhost\r\nConnection: close\r\n\r\n");
            case 13 ->
                    answered(
                            "a line that is too long",
                            "GET "
                                    + path
                                    + "?q="
                                    + "a".repeat(9_000 + random.nextInt(60_000))
                                    + " HTTP/1.1"
                                    + END);
            case 14 ->
                    answered(
                            "a length that is none",
                            post(
                                    odd(
                                            "Content-Length: -1",
                                            "Content-Length: x",
                                            "Content-Length: 1\r\nContent-Length: 2",
                                            "Content-Length: 99999999999999999999")));
            case 15 ->
                    answered(
                            "an encoding that is none",
                            post(
                                    odd(
                                            "Transfer-Encoding: nosuch",
                                            "Transfer-Encoding: chunked, chunked",
                                            "Transfer-Encoding: identity, x")));
            case 16 ->
                    answered(
                            "a chunk that is none",
                            post("Transfer-Encoding: chunked")
                                    + odd(
                                            "ZZ\r\n",
                                            "-1\r\n",
                                            "5\r\nab\r\n0\r\n\r\n",
                                            "FFFFFFFFF\r\n"));
            case 17 ->
                    answered(
                            "a body that is no order",
                            post("Content-Length: 5")
                                    + odd(
                                            "{{{{{",
                                            "[[[[[",
                                            "\u0000\u0001\u0002\u0003\u0004",
                                            "\"\\ud8",
                                            "nulll"));
            case 18 ->
                    answered(
                            "more parameters than are taken",
                            "GET /v1/prices?"
                                    + "a=1&".repeat(80 + random.nextInt(200))
                                    + "b=2 HTTP/1.1"
                                    + END);
            case 19 ->
                    answered(
                            "an upgrade where there is none",
                            "GET /v1/nothing HTTP/1.1\r\n"
                                    + "Host: localhost\r\n"
                                    + "Connection: Upgrade, close\r\n"
                                    + "Upgrade: "
                                    + odd("websocket", "h2c", "nosuch")
                                    + "\r\n\r\n");
            case 20 -> dropped("nothing of HTTP", noise());
            default ->
                    dropped(
                            "a request without an end",
                            cut("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        };
    }

    /** Files and the document do not look at what follows the question mark. */
    private String operation() {
        return odd("/ping", "/v1/prices", "/v1/gaps", "/v1/status", "/v1/books/binance/BTCUSDT");
    }

    private String odd(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String post(String header) {
        return "POST /v1/collections HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                + " application/json\r\nConnection: close\r\n"
                + header
                + "\r\n\r\n";
    }

    private static Request answered(String kind, String text) {
        return new Request(kind, text.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    private static Request dropped(String kind, byte[] bytes) {
        return new Request(kind, bytes, true);
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(400)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            // As a client begins that believes it talks TLS.
            bytes[0] = 0x16;
        }
        return bytes;
    }

    private byte[] cut(String text) {
        return text.substring(0, 1 + random.nextInt(text.length() - 3))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
