package io.tapeline.chaos.judge;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.schemas.market.Instrument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the query APIs say of books. */
final class Answers implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final int DEPTH = 5_000;

    private final SimulatedExchange exchange;
    private final List<URI> apis;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    Answers(SimulatedExchange exchange, List<URI> apis) {
        this.exchange = exchange;
        this.apis = apis;
    }

    /** Of each book at the exchange now. */
    Map<Instrument, Long> updateIds(List<Instrument> instruments) {
        Map<Instrument, Long> ids = new LinkedHashMap<>();
        instruments.forEach(each -> ids.put(each, own(each).get("lastUpdateId").asLong()));
        return ids;
    }

    /**
     * @return empty where every API has every book live, and at least as new as that
     */
    String fresh(Map<Instrument, Long> updateIds) throws IOException, InterruptedException {
        for (Map.Entry<Instrument, Long> wanted : updateIds.entrySet()) {
            for (URI api : apis) {
                JsonNode book = book(api, wanted.getKey(), 1);
                if (!isLive(book) || book.get("updateId").asLong() < wanted.getValue()) {
                    return api
                            + " has "
                            + wanted.getKey()
                            + " "
                            + brief(book)
                            + ", not at "
                            + wanted.getValue();
                }
            }
        }
        return "";
    }

    /**
     * To be called when the market stands still.
     *
     * @return empty where every API's books are the exchange's, to the last level
     */
    String exact(List<Instrument> instruments) throws IOException, InterruptedException {
        for (Instrument instrument : instruments) {
            JsonNode own = own(instrument);
            for (URI api : apis) {
                JsonNode book = book(api, instrument, DEPTH);
                if (!isLive(book)
                        || book.get("updateId").asLong() != own.get("lastUpdateId").asLong()) {
                    return api
                            + " has "
                            + instrument
                            + " "
                            + brief(book)
                            + ", the exchange at "
                            + own.get("lastUpdateId");
                }
                if (!ExchangeValues.sidesWithin(book, book.get("range"))
                        .equals(ExchangeValues.sidesWithin(own, book.get("range")))) {
                    return api + " has other levels of " + instrument;
                }
            }
        }
        return "";
    }

    private JsonNode own(Instrument instrument) {
        return JsonMapper.shared().readTree(exchange.book(instrument.symbol()));
    }

    private static boolean isLive(JsonNode book) {
        return book.path("state").asString("").equals("LIVE");
    }

    private static String brief(JsonNode book) {
        return Stream.of("state", "updateId", "title", "detail")
                .filter(book::has)
                .map(field -> field + "=" + book.get(field))
                .toList()
                .toString();
    }

    private JsonNode book(URI api, Instrument instrument, int depth)
            throws IOException, InterruptedException {
        URI address = api.resolve("/v1/books/binance/" + instrument.symbol() + "?depth=" + depth);
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(address).timeout(WITHIN).build(),
                        HttpResponse.BodyHandlers.ofString());
        try {
            return JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException(address + ": " + answer.statusCode() + " is no JSON", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
