package io.tapeline.standalone;

import io.tapeline.chaos.judge.NaiveBook.Top;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a recording says, read by other means than the product's: the ids of its diffs, its {@code
 * bookTicker}s, and the candles of its trades.
 *
 * @param snapshotId {@code lastUpdateId} of the recorded REST answer
 * @param diffIds first id to final id, in order
 * @param tops best bid and ask by update id
 * @param candles one-minute candles by open time in milliseconds, the partial ones at either end
 *     included
 */
record RecordedMarket(
        long snapshotId,
        NavigableMap<Long, Long> diffIds,
        NavigableMap<Long, Top> tops,
        NavigableMap<Long, RecordedCandle> candles) {

    private static final long MINUTE_MS = 60_000;

    /** Prices and quantities without trailing zeros, so that equal values are equal. */
    record RecordedCandle(
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            BigDecimal quoteVolume,
            long trades,
            BigDecimal takerBuyVolume,
            BigDecimal takerBuyQuoteVolume) {

        static RecordedCandle of(
                BigDecimal price, BigDecimal quantity, BigDecimal quote, boolean buyerTook) {
            return new RecordedCandle(
                    price,
                    price,
                    price,
                    price,
                    quantity,
                    quote,
                    1,
                    buyerTook ? quantity : BigDecimal.ZERO,
                    buyerTook ? quote : BigDecimal.ZERO);
        }

        /** Equal values with equal digits. */
        RecordedCandle normalised() {
            return new RecordedCandle(
                    open,
                    high,
                    low,
                    close,
                    volume.stripTrailingZeros(),
                    quoteVolume.stripTrailingZeros(),
                    trades,
                    takerBuyVolume.stripTrailingZeros(),
                    takerBuyQuoteVolume.stripTrailingZeros());
        }

        RecordedCandle then(RecordedCandle trade) {
            return new RecordedCandle(
                    open,
                    high.max(trade.high),
                    low.min(trade.low),
                    trade.close,
                    volume.add(trade.volume),
                    quoteVolume.add(trade.quoteVolume),
                    trades + 1,
                    takerBuyVolume.add(trade.takerBuyVolume),
                    takerBuyQuoteVolume.add(trade.takerBuyQuoteVolume));
        }
    }

    static RecordedMarket read(List<Path> files) throws IOException {
        RecordedMarket market =
                new RecordedMarket(0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        JsonMapper json = JsonMapper.builder().build();
        long snapshotId = 0;
        for (Path file : files) {
            try (BufferedReader lines = open(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode message = json.readTree(line.substring(line.indexOf(' ') + 1));
                    if (message.has("lastUpdateId")) {
                        snapshotId = message.get("lastUpdateId").asLong();
                    } else {
                        market.take(message.get("stream").asString(), message.get("data"));
                    }
                }
            }
        }
        market.candles.replaceAll((openTime, candle) -> candle.normalised());
        return new RecordedMarket(snapshotId, market.diffIds, market.tops, market.candles);
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(
                new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                        StandardCharsets.UTF_8));
    }

    private void take(String stream, JsonNode data) {
        switch (stream.substring(stream.indexOf('@') + 1)) {
            case "depth@100ms" -> diffIds.put(data.get("U").asLong(), data.get("u").asLong());
            case "bookTicker" ->
                    tops.put(
                            data.get("u").asLong(),
                            new Top(
                                    decimal(data, "b"),
                                    decimal(data, "B"),
                                    decimal(data, "a"),
                                    decimal(data, "A")));
            case "trade" -> {
                BigDecimal price = decimal(data, "p");
                BigDecimal quantity = decimal(data, "q");
                long time = data.get("T").asLong();
                candles.merge(
                        time - Math.floorMod(time, MINUTE_MS),
                        RecordedCandle.of(
                                price,
                                quantity,
                                price.multiply(quantity),
                                !data.get("m").asBoolean()),
                        RecordedCandle::then);
            }
            default -> throw new IllegalArgumentException("recording: unexpected stream " + stream);
        }
    }

    private static BigDecimal decimal(JsonNode data, String field) {
        return new BigDecimal(data.get(field).asString()).stripTrailingZeros();
    }

    /**
     * The candles that the recording covers from beginning to end: all but the first and the last.
     */
    NavigableMap<Long, RecordedCandle> completeCandles() {
        return candles.subMap(candles.firstKey(), false, candles.lastKey(), false);
    }

    /** Of the last trade. */
    BigDecimal lastPrice() {
        return candles.lastEntry().getValue().close();
    }

    /** Diffs after the snapshot: those that can be compared. */
    long diffsAfterTheSnapshot() {
        return diffIds.values().stream().filter(u -> u > snapshotId).count();
    }

    /** The newest top of book that was told after the snapshot and not after the given id. */
    Map.Entry<Long, Top> topAt(long updateId) {
        var entry = tops.floorEntry(updateId);
        if (entry == null || entry.getKey() <= snapshotId) {
            throw new IllegalArgumentException(
                    "recording: no bookTicker between the snapshot and id " + updateId);
        }
        return entry;
    }
}
