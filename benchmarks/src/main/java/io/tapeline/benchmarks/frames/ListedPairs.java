package io.tapeline.benchmarks.frames;

import io.tapeline.exchange.SimulatedExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/** What the exchange lists. */
public final class ListedPairs {

    private static final Pattern TRADING =
            Pattern.compile("\"symbol\":\"([^\"]+)\",\"status\":\"TRADING\"");

    private ListedPairs() {}

    /** The symbols that trade, in the order of the list. */
    public static List<String> trading(SimulatedExchange exchange)
            throws IOException, InterruptedException {
        URI list = URI.create(exchange.restUrl() + "/api/v3/exchangeInfo");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String listed =
                    http.send(
                                    HttpRequest.newBuilder(list).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            return TRADING.matcher(listed).results().map(found -> found.group(1)).toList();
        }
    }
}
