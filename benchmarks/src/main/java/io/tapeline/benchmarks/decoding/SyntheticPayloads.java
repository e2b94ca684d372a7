package io.tapeline.benchmarks.decoding;

import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Payloads of the exchange's shape and size, with seeded values. */
final class SyntheticPayloads {

    private static final Instrument BTCUSDT = Instrument.binance("BTCUSDT");
    private static final long TIME_MS = 1_723_161_300_000L;

    private final Random random;

    SyntheticPayloads(long seed) {
        random = new Random(seed);
    }

    /** With 20 levels a side, a third of them deletes. */
    RawRecord depthUpdate() {
        long first = 50_093_239_189L + random.nextInt(1_000_000);
        return record(
                "btcusdt@depth@100ms",
                "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"b\":%s,\"a\":%s}"
                        .formatted(
                                TIME_MS + random.nextInt(60_000),
                                first,
                                first + random.nextInt(100),
                                levels(61_837),
                                levels(61_900)));
    }

    private String levels(int price) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < 20; i++) {
            out.append(i == 0 ? "[\"" : ",[\"")
                    .append(decimal(price - random.nextInt(60), 2))
                    .append("\",\"")
                    .append(random.nextInt(3) == 0 ? "0.00000000" : decimal(random.nextInt(5), 5))
                    .append("\"]");
        }
        return out.append(']').toString();
    }

    /** With eight decimals, as the exchange writes, of which so many are not always zero. */
    private String decimal(int whole, int significant) {
        StringBuilder out = new StringBuilder().append(whole).append('.');
        for (int i = 0; i < 8; i++) {
            out.append((char) ('0' + (i < significant ? random.nextInt(10) : 0)));
        }
        return out.toString();
    }

    RawRecord kline() {
        return record(
                "btcusdt@kline_1m",
                "{\"e\":\"kline\",\"E\":%d,\"s\":\"BTCUSDT\",\"k\":{\"t\":%d,\"T\":%d,\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":3735683259,\"L\":3735684001,\"o\":\"%s\",\"c\":\"%s\",\"h\":\"%s\",\"l\":\"%s\",\"v\":\"%s\",\"n\":%d,\"x\":%s,\"q\":\"%s\",\"V\":\"%s\",\"Q\":\"%s\",\"B\":\"0\"}}"
                        .formatted(
                                TIME_MS + random.nextInt(60_000),
                                TIME_MS,
                                TIME_MS + 59_999,
                                decimal(61_837, 2),
                                decimal(61_838, 2),
                                decimal(61_855, 2),
                                decimal(61_800, 2),
                                decimal(random.nextInt(50), 6),
                                random.nextInt(2_000),
                                random.nextBoolean(),
                                decimal(random.nextInt(3_000_000), 8),
                                decimal(random.nextInt(50), 6),
                                decimal(random.nextInt(3_000_000), 8)));
    }

    RawRecord ticker() {
        return record(
                "btcusdt@ticker",
                "{\"e\":\"24hrTicker\",\"E\":%d,\"s\":\"BTCUSDT\",\"p\":\"-%s\",\"P\":\"-0.105\",\"w\":\"%s\",\"x\":\"%s\",\"c\":\"%s\",\"Q\":\"%s\",\"b\":\"%s\",\"B\":\"%s\",\"a\":\"%s\",\"A\":\"%s\",\"o\":\"%s\",\"h\":\"%s\",\"l\":\"%s\",\"v\":\"%s\",\"q\":\"%s\",\"O\":%d,\"C\":%d,\"F\":3731178738,\"L\":3735683259,\"n\":%d}"
                        .formatted(
                                TIME_MS + random.nextInt(60_000),
                                decimal(65, 2),
                                decimal(61_343, 8),
                                decimal(61_902, 2),
                                decimal(61_837, 2),
                                decimal(0, 5),
                                decimal(61_837, 2),
                                decimal(3, 5),
                                decimal(61_838, 2),
                                decimal(1, 5),
                                decimal(61_902, 2),
                                decimal(62_738, 2),
                                decimal(57_590, 2),
                                decimal(48_745, 6),
                                decimal(299_018_640, 8),
                                TIME_MS - 86_400_000,
                                TIME_MS,
                                random.nextInt(5_000_000)));
    }

    static RawRecord record(String stream, String payload) {
        return new RawRecord(
                BTCUSDT,
                payload.getBytes(StandardCharsets.UTF_8),
                stream,
                "a",
                new EpochNanos(TIME_MS * 1_000_000),
                ExchangeTimeUnit.MILLISECONDS);
    }
}
