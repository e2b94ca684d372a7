package io.tapeline.chaos.market;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.fault.ActiveFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator's administration, over HTTP as any tester would use it. */
public final class SimulatorAdmin implements AutoCloseable {

    private static final Pattern OFFSET = Pattern.compile("^(\\d+)(ms|s)\\b");
    private static final Pattern LASTING = Pattern.compile("\\b(?:for|within)=(\\d+)(ms|s)\\b");

    private final SimulatedExchange exchange;
    private final HttpClient http = Bystander.client();
    private long before = -1;
    private int injected;

    public SimulatorAdmin(SimulatedExchange exchange) {
        this.exchange = exchange;
    }

    /** Injects a script, and returns when its faults have had their time. */
    public void suffer(List<String> script) throws IOException, InterruptedException {
        Duration longest = Duration.ZERO;
        for (String line : script) {
            Matcher offset = OFFSET.matcher(line);
            if (!offset.find()) {
                throw new IllegalArgumentException("fault: " + line + " has no offset");
            }
            Duration end = duration(offset);
            Matcher times = LASTING.matcher(line);
            while (times.find()) {
                end = end.plus(duration(times));
            }
            longest = end.compareTo(longest) > 0 ? end : longest;
        }
        before =
                exchange.faults().history().stream()
                        .mapToLong(ActiveFault.Report::id)
                        .max()
                        .orElse(-1);
        injected = script.size();
        post(String.join("\n", script));
        LockSupport.parkNanos(longest.plusMillis(200).toNanos());
    }

    private static Duration duration(Matcher found) {
        long value = Long.parseLong(found.group(1));
        return found.group(2).equals("ms") ? Duration.ofMillis(value) : Duration.ofSeconds(value);
    }

    /** Of the last script. */
    public List<ActiveFault.Report> suffered() {
        return exchange.faults().history().stream()
                .filter(one -> one.id() > before)
                .limit(injected)
                .toList();
    }

    public void post(String script) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(address("/sim/faults"))
                                .POST(HttpRequest.BodyPublishers.ofString(script))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        require(answer.statusCode() < 300, script, answer);
    }

    public void endFaults() throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(address("/sim/faults")).DELETE().build(),
                HttpResponse.BodyHandlers.discarding());
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(address(path)).build(),
                        HttpResponse.BodyHandlers.ofString());
        require(answer.statusCode() == 200, path, answer);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void require(boolean good, String asked, HttpResponse<String> answer)
            throws IOException {
        if (!good) {
            throw new IOException(
                    "simulator: " + asked + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private URI address(String path) {
        return URI.create(exchange.restUrl() + path);
    }

    @Override
    public void close() {
        http.close();
    }
}
