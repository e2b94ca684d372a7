package io.tapeline.chaos.judge;

import io.tapeline.chaos.market.Bystander;
import io.tapeline.exchange.SimulatedExchange;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The candles that the exchange itself answers with. */
final class ExchangeCandles implements AutoCloseable {

    private static final int MOST = 1_000;

    private final SimulatedExchange exchange;
    private final HttpClient http = Bystander.client();

    /**
     * By value.
     *
     * @param decimals in the order of a klines answer (EXCHANGES A.6): open, high, low, close,
     *     volume, quote volume
     */
    record Values(List<BigDecimal> decimals, long trades) {}

    ExchangeCandles(SimulatedExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * By open time, epoch ms.
     *
     * @param fromMillis open time of the first, inclusive
     * @param toMillis open time of the last, inclusive
     */
    NavigableMap<Long, Values> between(
            String symbol, String interval, long fromMillis, long toMillis)
            throws IOException, InterruptedException {
        NavigableMap<Long, Values> candles = new TreeMap<>();
        long from = fromMillis;
        int count;
        do {
            count = page(symbol, interval, from, toMillis, candles);
            from = candles.isEmpty() ? toMillis : candles.lastKey() + 1;
        } while (count == MOST);
        return candles;
    }

    private int page(
            String symbol,
            String interval,
            long fromMillis,
            long toMillis,
            NavigableMap<Long, Values> candles)
            throws IOException, InterruptedException {
        URI address =
                URI.create(
                        exchange.restUrl()
                                + "/api/v3/klines?limit="
                                + MOST
                                + "&symbol="
                                + URLEncoder.encode(symbol, StandardCharsets.UTF_8)
                                + "&interval="
                                + interval
                                + "&startTime="
                                + fromMillis
                                + "&endTime="
                                + toMillis);
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new Contradiction(address + ": " + answer.statusCode() + " " + answer.body());
        }
        JsonNode rows = JsonMapper.shared().readTree(answer.body());
        for (JsonNode row : rows) {
            candles.put(
                    row.get(0).asLong(),
                    new Values(
                            Stream.of(1, 2, 3, 4, 5, 7)
                                    .map(i -> ExchangeValues.plain(row.get(i)))
                                    .toList(),
                            row.get(8).asLong()));
        }
        return rows.size();
    }

    @Override
    public void close() {
        http.close();
    }
}
