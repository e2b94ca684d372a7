package io.tapeline.benchmarks.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our scanner and Jackson make the same of every payload, sound or broken. */
class DecodersAgreeTest {

    private static final int PAYLOADS = 100;
    private static final int MUTANTS = 100;
    private static final String SYNTAX = "{}[]\",:.-+eE\\u0129tf \n";
    private static final String DIFF = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":";
    private static final String MALFORMED = "malformed";

    private interface Task {
        Object decode(PayloadDecoder by, RawRecord record) throws MalformedPayload;
    }

    private static Object outcome(Task task, PayloadDecoder by, RawRecord record) {
        try {
            return task.decode(by, record);
        } catch (MalformedPayload e) {
            return MALFORMED;
        }
    }

    private static Object agreed(Task task, RawRecord record) {
        Object scanned = outcome(task, new PayloadDecoder.Scanner(), record);
        assertThat(scanned)
                .as(() -> new String(record.payload(), StandardCharsets.UTF_8))
                .isEqualTo(outcome(task, new JacksonDecoder(), record));
        return scanned;
    }

    private static Random random() {
        long seed = Long.getLong("tapeline.test.seed", System.nanoTime());
        System.out.println("DecodersAgreeTest: -Dtapeline.test.seed=" + seed);
        return new Random(seed);
    }

    @Test
    void onSoundPayloadsEveryDecoderGivesTheSameValue() {
        SyntheticPayloads payloads = new SyntheticPayloads(random().nextLong());
        for (int i = 0; i < PAYLOADS; i++) {
            sound(PayloadDecoder::depthUpdate, payloads.depthUpdate());
            sound(PayloadDecoder::kline, payloads.kline());
            sound(PayloadDecoder::ticker, payloads.ticker());
        }
    }

    private static void sound(Task task, RawRecord record) {
        assertThat(agreed(task, record))
                .isNotEqualTo(MALFORMED)
                .isEqualTo(outcome(task, new DslJsonDecoder(), record));
    }

    @Test
    void onBrokenPayloadsBothGiveTheSameValueOrNone() {
        Random random = random();
        SyntheticPayloads payloads = new SyntheticPayloads(random.nextLong());
        for (int i = 0; i < PAYLOADS; i++) {
            broken(random, PayloadDecoder::depthUpdate, payloads.depthUpdate());
            broken(random, PayloadDecoder::kline, payloads.kline());
            broken(random, PayloadDecoder::ticker, payloads.ticker());
        }
    }

    private static void broken(Random random, Task task, RawRecord record) {
        for (int i = 0; i < MUTANTS; i++) {
            StringBuilder text =
                    new StringBuilder(new String(record.payload(), StandardCharsets.UTF_8));
            for (int times = 1 + random.nextInt(3); times > 0 && !text.isEmpty(); times--) {
                mutate(random, text);
            }
            agreed(task, SyntheticPayloads.record(record.stream(), text.toString()));
        }
    }

    private static void mutate(Random random, StringBuilder text) {
        int at = random.nextInt(text.length());
        char c = SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        switch (random.nextInt(5)) {
            case 0 -> text.setCharAt(at, c);
            case 1 -> text.insert(at, c);
            case 2 -> text.deleteCharAt(at);
            case 3 -> text.setCharAt(at, (char) random.nextInt(0x80));
            default -> {
                if (random.nextInt(10) == 0) {
                    text.setLength(at);
                } else {
                    text.insert(at, text.charAt(random.nextInt(text.length())));
                }
            }
        }
    }

    /** The real exchange's diffs, where they are kept beside the repository. */
    @TestFactory
    Stream<DynamicTest> onEveryRecordedDiff() {
        String told = System.getenv("TAPELINE_DATA");
        Path folder =
                (told == null ? Path.of("..", "..", "shared", "data") : Path.of(told))
                        .resolve("binance-spot-btcusdt");
        return Stream.of("btcusdt_20240808.gz", "btcusdt_20240809.gz")
                .map(folder::resolve)
                .filter(Files::exists)
                .map(file ->
                        DynamicTest.dynamicTest(file.getFileName().toString(), () -> diffs(file)));
    }

    private static void diffs(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .filter(text -> text.startsWith(DIFF))
                    .map(text -> text.substring(DIFF.length(), text.length() - 1))
                    .map(payload -> SyntheticPayloads.record("btcusdt@depth@100ms", payload))
                    .forEach(record -> sound(PayloadDecoder::depthUpdate, record));
        }
    }

    @Test
    void symbolsThatAreNotAsciiAreReadByBoth() {
        RawRecord record =
                new RawRecord(
                        Instrument.binance("币安人生USDT"),
                        new String(
                                        new SyntheticPayloads(1).kline().payload(),
                                        StandardCharsets.UTF_8)
                                .replace("BTCUSDT", "币安人生USDT")
                                .getBytes(StandardCharsets.UTF_8),
                        "币安人生usdt@kline_1m",
                        "a",
                        new SyntheticPayloads(1).kline().received(),
                        ExchangeTimeUnit.MILLISECONDS);
        assertThat(agreed(PayloadDecoder::kline, record)).isNotEqualTo(MALFORMED);
    }
}
