package io.tapeline.standalone;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A recording of a market that never was, in the form real ones have: lines of {@code <receive ns>
 * <raw text>} with combined-stream envelopes for {@code depth@100ms}, {@code bookTicker} and {@code
 * trade}, and one raw answer of {@code GET /api/v3/depth} after the first diffs. It shares no code
 * with what it tests: sorted maps of integers, printed by hand.
 */
final class SyntheticRecording {

    /** 2026-03-01 11:58:20 UTC: crosses noon, and begins in the middle of a minute. */
    private static final long START_MS = 1_772_366_300_000L;

    private static final int DIFF_EVERY_MS = 100;
    private static final int DIFFS_BEFORE_THE_SNAPSHOT = 3;
    private static final int SNAPSHOT_LEVELS = 1_000;

    private final Random random;
    private final String stream;
    private final String symbol;
    private final TreeMap<Long, Long> bids = new TreeMap<>(Collections.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private long updateId = 7_000_000_000L;
    private long tradeId = 900_000;
    private String lastTop = "";

    private SyntheticRecording(long seed, String symbol) {
        this.random = new Random(seed);
        this.symbol = symbol;
        this.stream = symbol.toLowerCase(java.util.Locale.ROOT);
        for (int i = 1; i <= 1_500; i++) {
            bids.put(6_000_000L - i * 7L, 1 + random.nextLong(900_000_000L));
            asks.put(6_000_000L + i * 7L, 1 + random.nextLong(900_000_000L));
        }
    }

    /** Writes a gzip file of {@code diffs} diffs, ten a second of market time. */
    static void write(Path file, long seed, String symbol, int diffs) throws IOException {
        SyntheticRecording recording = new SyntheticRecording(seed, symbol);
        for (int i = 0; i < diffs; i++) {
            recording.step(START_MS + (long) i * DIFF_EVERY_MS, i);
        }
        try (BufferedWriter out =
                new BufferedWriter(
                        new OutputStreamWriter(
                                new GZIPOutputStream(Files.newOutputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String line : recording.lines) {
                out.write(line);
                out.write('\n');
            }
        }
    }

    private void step(long millis, int index) {
        long first = updateId + 1;
        Map<Long, Long> changedBids = new TreeMap<>(Collections.reverseOrder());
        Map<Long, Long> changedAsks = new TreeMap<>();
        int changes = 1 + random.nextInt(30);
        for (int i = 0; i < changes; i++) {
            change(millis, changedBids, changedAsks);
        }
        String diff =
                "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"b\":%s,\"a\":%s}"
                        .formatted(
                                millis + 99,
                                symbol,
                                first,
                                updateId,
                                levels(changedBids, changedBids.size()),
                                levels(changedAsks, changedAsks.size()));
        line(millis + 99, "depth@100ms", diff);
        if (index == DIFFS_BEFORE_THE_SNAPSHOT - 1) {
            lines.add(
                    "%d {\"lastUpdateId\":%d,\"bids\":%s,\"asks\":%s}"
                            .formatted(
                                    (millis + 99) * 1_000_000,
                                    updateId,
                                    levels(bids, SNAPSHOT_LEVELS),
                                    levels(asks, SNAPSHOT_LEVELS)));
        }
    }

    private void change(long millis, Map<Long, Long> changedBids, Map<Long, Long> changedAsks) {
        boolean bid = random.nextBoolean();
        TreeMap<Long, Long> side = bid ? bids : asks;
        Map<Long, Long> changed = bid ? changedBids : changedAsks;
        updateId++;
        if (random.nextInt(6) == 0 && side.size() > 1_200) {
            trade(millis, bid, side, changed);
        } else {
            long best = bid ? asks.firstKey() - 1 : bids.firstKey() + 1;
            long away = (long) (Math.abs(random.nextGaussian()) * 600);
            long price = bid ? best - away : best + away;
            long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextLong(900_000_000L);
            if (quantity == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
            changed.put(price, quantity);
        }
        top(millis);
    }

    /** Takes a part of the best level, or all of it. */
    private void trade(
            long millis, boolean bid, TreeMap<Long, Long> side, Map<Long, Long> changed) {
        Map.Entry<Long, Long> best = side.firstEntry();
        long price = best.getKey();
        long resting = best.getValue();
        long taken = random.nextBoolean() ? resting : 1 + random.nextLong(resting);
        long left = resting - taken;
        if (left == 0) {
            side.remove(price);
        } else {
            side.put(price, left);
        }
        changed.put(price, left);
        line(
                millis,
                "trade",
                ("{\"e\":\"trade\",\"E\":%d,\"s\":\"%s\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"T\":%d,"
                     + "\"m\":%b,\"M\":true}")
                        .formatted(
                                millis,
                                symbol,
                                tradeId++,
                                price(price),
                                quantity(taken),
                                millis,
                                bid));
    }

    private void top(long millis) {
        var bid = bids.firstEntry();
        var ask = asks.firstEntry();
        String top =
                "\"b\":\"%s\",\"B\":\"%s\",\"a\":\"%s\",\"A\":\"%s\"}"
                        .formatted(
                                price(bid.getKey()),
                                quantity(bid.getValue()),
                                price(ask.getKey()),
                                quantity(ask.getValue()));
        if (!top.equals(lastTop)) {
            lastTop = top;
            line(
                    millis,
                    "bookTicker",
                    "{\"u\":%d,\"s\":\"%s\",%s".formatted(updateId, symbol, top));
        }
    }

    private void line(long millis, String kind, String data) {
        lines.add(
                "%d {\"stream\":\"%s@%s\",\"data\":%s}"
                        .formatted(millis * 1_000_000, stream, kind, data));
    }

    private static String levels(Map<Long, Long> side, int most) {
        StringBuilder out = new StringBuilder("[");
        side.entrySet().stream()
                .limit(most)
                .forEach(e ->
                        out.append(out.length() == 1 ? "" : ",")
                                .append("[\"")
                                .append(price(e.getKey()))
                                .append("\",\"")
                                .append(quantity(e.getValue()))
                                .append("\"]"));
        return out.append(']').toString();
    }

    private static String price(long cents) {
        return BigDecimal.valueOf(cents, 2).setScale(8).toPlainString();
    }

    private static String quantity(long units) {
        return BigDecimal.valueOf(units, 8).toPlainString();
    }
}
