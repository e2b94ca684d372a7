package io.tapeline.chaos.judge;

import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.schemas.market.Instrument;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The closed candles of the history, read from its engine as its readers do, held against the
 * exchange's.
 */
final class KeptCandles implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final URI engine;
    private final ExchangeCandles own;
    private final HttpClient http = HttpClient.newHttpClient();

    KeptCandles(SimulatedExchange exchange, URI engine) {
        this.engine = engine;
        own = new ExchangeCandles(exchange);
    }

    /**
     * @param fromMillis open time of the first, inclusive
     * @param toMillis open time of the last, inclusive
     * @return empty where each is there once, with the same values, and no other is
     */
    String complaint(List<Instrument> instruments, String interval, long fromMillis, long toMillis)
            throws IOException, InterruptedException {
        for (Instrument instrument : instruments) {
            NavigableMap<Long, ExchangeCandles.Values> wanted =
                    own.between(instrument.symbol(), interval, fromMillis, toMillis);
            List<Long> twice = new ArrayList<>();
            NavigableMap<Long, ExchangeCandles.Values> kept =
                    kept(instrument, interval, fromMillis, toMillis, twice);
            if (!twice.isEmpty()) {
                return "the history has " + instrument + " " + interval + " twice: " + twice;
            }
            if (!kept.equals(wanted)) {
                return "the history's "
                        + instrument
                        + " "
                        + interval
                        + " lacks "
                        + wanted.keySet().stream().filter(t -> !kept.containsKey(t)).toList()
                        + ", has beside them "
                        + kept.keySet().stream().filter(t -> !wanted.containsKey(t)).toList()
                        + ", has others at "
                        + wanted.keySet().stream()
                                .filter(t ->
                                        kept.containsKey(t)
                                                && !Objects.equals(wanted.get(t), kept.get(t)))
                                .toList();
            }
        }
        return "";
    }

    private NavigableMap<Long, ExchangeCandles.Values> kept(
            Instrument instrument,
            String interval,
            long fromMillis,
            long toMillis,
            List<Long> twice)
            throws IOException, InterruptedException {
        String rows =
                ask(
                        """
                        SELECT toUnixTimestamp64Milli(open_time), price_scale, open, high, low, close,
                            quantity_scale, volume, quote_scale, quote_volume, trades
                        FROM tapeline.candles FINAL
                        WHERE instrument = '%s' AND span = '%s'
                        AND open_time >= fromUnixTimestamp64Milli(%d, 'UTC')
                        AND open_time <= fromUnixTimestamp64Milli(%d, 'UTC')
                        ORDER BY open_time FORMAT TSV
                        """
                                .formatted(instrument.id(), interval, fromMillis, toMillis));
        NavigableMap<Long, ExchangeCandles.Values> kept = new TreeMap<>();
        for (String row : rows.lines().toList()) {
            String[] cells = row.split("\t", -1);
            long open = Long.parseLong(cells[0]);
            if (kept.put(open, values(cells)) != null) {
                twice.add(open);
            }
        }
        return kept;
    }

    private static ExchangeCandles.Values values(String[] cells) {
        return new ExchangeCandles.Values(
                List.of(
                        scaled(cells[2], cells[1]),
                        scaled(cells[3], cells[1]),
                        scaled(cells[4], cells[1]),
                        scaled(cells[5], cells[1]),
                        scaled(cells[7], cells[6]),
                        scaled(cells[9], cells[8])),
                Long.parseLong(cells[10]));
    }

    private static BigDecimal scaled(String mantissa, String scale) {
        return new BigDecimal(new BigInteger(mantissa), Integer.parseInt(scale))
                .stripTrailingZeros();
    }

    private String ask(String sql) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(engine)
                                .timeout(WITHIN)
                                .POST(HttpRequest.BodyPublishers.ofString(sql))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("engine: " + answer.statusCode() + " " + answer.body().strip());
        }
        return answer.body();
    }

    @Override
    public void close() {
        own.close();
        http.close();
    }
}
