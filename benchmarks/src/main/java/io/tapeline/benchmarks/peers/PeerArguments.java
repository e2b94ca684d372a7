package io.tapeline.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * What each peer is told on its command line.
 *
 * @param updates how many diffs come, of all symbols together
 */
record PeerArguments(URI restUrl, URI wsUrl, List<String> symbols, long updates) {

    PeerArguments {
        symbols = List.copyOf(symbols);
    }

    /**
     * @throws IllegalArgumentException if these are not four
     */
    static PeerArguments of(String... words) {
        if (words.length != 4) {
            throw new IllegalArgumentException(
                    "peer: REST_URL WS_URL SYMBOL,SYMBOL... UPDATES are wanted, not "
                            + words.length
                            + " words");
        }
        return new PeerArguments(
                URI.create(words[0]),
                URI.create(words[1]),
                List.of(words[2].split(",")),
                Long.parseLong(words[3]));
    }

    List<String> words() {
        return List.of(
                restUrl.toString(),
                wsUrl.toString(),
                String.join(",", symbols),
                Long.toString(updates));
    }

    /** The exchange's answer with a symbol's book. */
    String snapshot(HttpClient http, String symbol) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                restUrl
                                                        + "/api/v3/depth?limit=1000&symbol="
                                                        + symbol))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("depth of " + symbol + ": status " + answer.statusCode());
        }
        return answer.body();
    }
}
