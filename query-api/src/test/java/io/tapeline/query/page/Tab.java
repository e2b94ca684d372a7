package io.tapeline.query.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tab over the Chrome DevTools protocol. Keeps what the page complained of and what it asked for.
 */
final class Tab implements AutoCloseable {

    private static final long ANSWER_SECONDS = 30;
    private static final int AWAIT_MS = 20_000;

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<URI> requests = new CopyOnWriteArrayList<>();
    private @Nullable WebSocket socket;

    private Tab() {}

    static Tab attach(HttpClient http, URI devTools) {
        Tab tab = new Tab();
        tab.socket = http.newWebSocketBuilder().buildAsync(devTools, tab.new Listener()).join();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tab.send(domain + ".enable", Map.of());
        }
        tab.send("Page.bringToFront", Map.of());
        return tab;
    }

    /** Console errors, uncaught exceptions and refused policies, in order. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Every address that the page asked for, {@code data:} ones aside. */
    List<URI> requests() {
        return List.copyOf(requests);
    }

    void go(URI address) {
        send("Page.navigate", Map.of("url", address.toString()));
    }

    void size(int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
    }

    void systemTheme(String lightOrDark) {
        send(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    }

    /** A key by its name: {@code Enter}, {@code ArrowDown}, or a character. */
    void press(String key) {
        Map<String, String> down =
                key.length() == 1
                        ? Map.of("type", "keyDown", "key", key, "text", key)
                        : Map.of("type", "keyDown", "key", key);
        send("Input.dispatchKeyEvent", down);
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    void type(String text) {
        send("Input.insertText", Map.of("text", text));
    }

    void click(String selector) {
        run("document.querySelector('" + selector + "').click()");
    }

    /** The value of a JavaScript expression, awaited when it is a promise, as text. */
    String run(String expression) {
        JsonNode answer =
                send(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "awaitPromise",
                                true,
                                "returnByValue",
                                true,
                                "userGesture",
                                true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value").asString("");
    }

    /** Waits until the expression's value, as text, is as told; fails with the last value seen. */
    void await(String expression, String wanted) {
        String seen =
                run(
                        """
                        new Promise((done) => {
                          const limit = performance.now() + %d;
                          (function look() {
                            let seen;
                            try { seen = String(%s); } catch (failure) { seen = String(failure); }
                            if (seen === %s || performance.now() > limit) done(seen);
                            else setTimeout(look, 20);
                          })();
                        })\
                        """
                                .formatted(
                                        AWAIT_MS,
                                        expression,
                                        JsonMapper.shared().writeValueAsString(wanted)));
        if (!seen.equals(wanted)) {
            throw new AssertionError(
                    "%s%n  wanted: %s%n  seen:   %s%n  complaints: %s"
                            .formatted(expression, wanted, seen, complaints));
        }
    }

    @Override
    public void close() {
        send("Page.close", Map.of());
        socket().abort();
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        String message =
                JsonMapper.shared()
                        .writeValueAsString(
                                Map.of("id", id, "method", method, "params", parameters));
        socket().sendText(message, true).join();
        JsonNode json = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        if (json.has("error")) {
            throw new AssertionError(method + ": " + json.get("error"));
        }
        return json.path("result");
    }

    private WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("tab: not attached");
        }
        return socket;
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> asked = waiting.remove(message.path("id").asInt(0));
        if (asked != null) {
            asked.complete(message);
            return;
        }
        JsonNode what = message.path("params");
        switch (message.path("method").asString("")) {
            case "Runtime.exceptionThrown" -> complaints.add(what.toString());
            case "Runtime.consoleAPICalled" -> complain(what.path("type").asString(""), what);
            case "Log.entryAdded" ->
                    complain(what.path("entry").path("level").asString(""), what.path("entry"));
            case "Network.requestWillBeSent" ->
                    asked(what.path("request").path("url").asString(""));
            default -> {
                // The page's life goes on in many more events.
            }
        }
    }

    private void complain(String level, JsonNode what) {
        if (level.equals("error") || level.equals("warning")) {
            complaints.add(what.toString());
        }
    }

    private void asked(String address) {
        if (!address.startsWith("data:")) {
            requests.add(URI.create(address));
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                JsonNode message = JsonMapper.shared().readTree(parts.toString());
                parts.setLength(0);
                take(message);
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            waiting.values().forEach(asked -> asked.completeExceptionally(failure));
        }
    }
}
