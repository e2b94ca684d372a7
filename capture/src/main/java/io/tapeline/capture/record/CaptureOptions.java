package io.tapeline.capture.record;

import io.tapeline.capture.Brokers;
import io.tapeline.capture.Words;
import io.tapeline.capture.files.Compression;
import io.tapeline.capture.files.TapeDirectory;
import io.tapeline.capture.tape.RawTopic;
import io.tapeline.schemas.market.Venue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is captured, and into which files.
 *
 * @param window how long a partition without records is waited for, so that lines come in the order
 *     of their receive times
 * @param checkpoint how often what is written is made durable
 */
public record CaptureOptions(
        Brokers brokers,
        Path directory,
        Selection selection,
        Beginning from,
        Ending until,
        Compression compression,
        TapeDirectory.Split split,
        Duration window,
        Duration checkpoint) {

    public static final String USAGE =
            """
            Usage: tapeline capture --out DIR [OPTIONS]
            Writes the raw topics to files, one line a record: `<receive ns> {"stream":"...","data":<verbatim>}`.
            Stopped or killed, the same command goes on where it stood. Files: tape-<time>-<number>[.zst|.gz];
            the one that is being written ends with .part.

              --out DIR            where the files go; made if it is not there
              --topics T,...       of klines, tickers, depth (default: all)
              --venues V,...       of binance, deribit, coingecko (default: all)
              --symbols S,...      as the venue spells them, BTCUSDT or btc_usd or bitcoin-usd (default: all)
              --line L,...         only what these lines received, and answers of REST (default: all lines)
              --from F             earliest, latest or a time, for a capture that is new (default latest)
              --until U            a time, or `end`: where the topics end now (default: until it is stopped)
              --compress C         zstd, gzip or none (default zstd)
              --split-bytes N      a file is full at so many bytes, compressed (default 268435456)
              --split-minutes N    or with so many minutes in it (default 60)
              --window-ms N        how long a partition without records is waited for (default 1000)
              --checkpoint-ms N    how often files and position are made durable (default 5000)
              --bootstrap B        Kafka's address (default TAPELINE_KAFKA_BOOTSTRAP, else localhost:9092);
                                   that of ./tapeline demo and live is 127.0.0.1:19092
              --prefix P           of the topics (default TAPELINE_KAFKA_TOPIC_PREFIX, else tapeline.)
              --kafka-config FILE  more of Kafka's own settings, as a properties file
              --help               this text

            Exit status: 0 all well, 1 failed, 2 wrong usage, 3 some records were no raw records and are left out.
            """;

    private static final long BYTES = 256L << 20;
    private static final long MINUTES = 60;

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException saying which option is wrong, and what is allowed
     */
    public static CaptureOptions parse(List<String> arguments, Map<String, String> environment) {
        Words words = new Words(arguments);
        Brokers brokers = Brokers.of(environment);
        @Nullable Path directory = null;
        Set<RawTopic> topics = EnumSet.allOf(RawTopic.class);
        Set<Venue> venues = EnumSet.allOf(Venue.class);
        Set<String> symbols = new TreeSet<>();
        Set<String> lines = new TreeSet<>();
        Beginning from = new Beginning.Latest();
        Ending until = new Ending.Never();
        Compression compression = Compression.ZSTD;
        long bytes = BYTES;
        long minutes = MINUTES;
        Duration window = Duration.ofSeconds(1);
        Duration checkpoint = Duration.ofSeconds(5);
        while (!words.isEmpty()) {
            String option = words.next();
            switch (option) {
                case "--out" -> directory = words.read(option, Path::of);
                case "--topics" -> topics = each(words, option, RawTopic.class, RawTopic::of);
                case "--venues" -> venues = each(words, option, Venue.class, Venue::of);
                case "--symbols" -> symbols.addAll(words.list(option));
                case "--line" -> lines.addAll(words.list(option));
                case "--from" -> from = words.read(option, Beginning::of);
                case "--until" -> until = words.read(option, Ending::of);
                case "--compress" -> compression = words.read(option, Compression::of);
                case "--split-bytes" -> bytes = words.number(option, 1, Long.MAX_VALUE);
                case "--split-minutes" -> minutes = words.number(option, 1, 1_000_000);
                case "--window-ms" -> window = words.millis(option, 0, 600_000);
                case "--checkpoint-ms" -> checkpoint = words.millis(option, 1, 600_000);
                default -> {
                    if (!Brokers.isOption(option)) {
                        throw new IllegalArgumentException("unknown option: " + option);
                    }
                    brokers = brokers.with(option, words);
                }
            }
        }
        if (directory == null) {
            throw new IllegalArgumentException("--out must name a directory");
        }
        return new CaptureOptions(
                brokers,
                directory,
                new Selection(topics, venues, symbols, lines),
                from,
                until,
                compression,
                new TapeDirectory.Split(bytes, Duration.ofMinutes(minutes)),
                window,
                checkpoint);
    }

    private interface Reader<E> {
        E of(String id);
    }

    private static <E extends Enum<E>> Set<E> each(
            Words words, String option, Class<E> type, Reader<E> reader) {
        EnumSet<E> all = EnumSet.noneOf(type);
        for (String id : words.list(option)) {
            try {
                all.add(reader.of(id));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    /** What a directory holds, in words: another selection must not go on in it. */
    String fingerprint() {
        return "prefix=" + brokers.prefix() + " " + selection.text() + " " + compression.id();
    }
}
