package io.tapeline.exchange;

import io.tapeline.exchange.fault.FaultScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the words after {@code ./tapeline exchange} ask for. */
sealed interface CommandLine {

    String USAGE =
            """
            Usage: tapeline exchange [OPTIONS]
            A simulated Binance spot exchange: REST at /api/v3, streams at /ws and /stream. On the same port
            Deribit (/ws/api/v2, /api/v2/public) and CoinGecko (/api/v3/simple/price). /sim/faults makes it go wrong,
            /sim/judge tells whether the clients keep the limits, /sim/ledger what was truly sent.

              --port P             port to listen on (default 9080; 0: any free one)
              --host H             address to listen on (default 127.0.0.1)

            A made-up market (the default):
              --pairs N            how many pairs (default 20)
              --trading N          how many of them trade, the others are in BREAK (default all)
              --whole-market       2,200 pairs of which 1,500 trade, at 3,000 events a second
              --seed S             the same seed gives the same market (default 1)
              --rate N             orders and cancellations a second, of all pairs (default 600)
              --levels N           book levels a side of the busiest pair (default 1000)
              --non-ascii          the last pair has a non-ASCII name

            A recording, `<receive ns> <raw text>` lines, plain, gzip or zstd:
              --replay FILE...     play these files, merged by time; a directory stands for the finished
                                   tapes in it (./tapeline capture)
              --speed X            times faster than recorded, or `max` (default 1)
              --wait-for-client B  begin when somebody has subscribed: on or off (default on)

            Any:
              --faults FILE        what goes wrong, and when (docs/simulator.md)
              --ledger-mb N        how much of what was sent is kept (default 128)
              --help               this text
            """;

    /** Start with these settings. */
    record Start(SimulatorSettings settings) implements CommandLine {}

    /** Print the usage and end well. */
    record Help() implements CommandLine {}

    /**
     * @param message says what is wrong with which argument
     */
    record Wrong(String message) implements CommandLine {}

    static CommandLine parse(List<String> arguments) {
        try {
            return new Parser(arguments).parse();
        } catch (IllegalArgumentException e) {
            return new Wrong(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** Takes the words one after the other. */
    final class Parser {

        private static final int DEFAULT_PORT = 9_080;
        private static final int WHOLE_MARKET_RATE = 3_000;
        private static final Pattern TAPE =
                Pattern.compile("tape-[^.]+\\.\\d+Z-\\d+(\\.gz|\\.zst)?");

        private final Deque<String> words;
        private int port = DEFAULT_PORT;
        private String host = "127.0.0.1";
        private long ledgerMegabytes = 128;
        private Source.Synthetic synthetic = Source.Synthetic.demo();
        private final List<Path> files = new ArrayList<>();
        private @Nullable String marketOption;
        private @Nullable String replayOption;
        private double speed = 1;
        private boolean wait = true;
        private FaultScript faults = FaultScript.empty();

        Parser(List<String> arguments) {
            this.words = new ArrayDeque<>(arguments);
        }

        CommandLine parse() {
            while (!words.isEmpty()) {
                String option = words.remove();
                switch (option) {
                    case "--help", "-h" -> {
                        return new Help();
                    }
                    case "--port" -> port = (int) number(option, 0, 65_535);
                    case "--host" -> host = value(option);
                    case "--ledger-mb" -> ledgerMegabytes = number(option, 0, 1 << 20);
                    case "--pairs" ->
                            market(option, synthetic.withPairs((int) number(option, 1, 20_000)));
                    case "--trading" ->
                            market(
                                    option,
                                    synthetic.withTrading(
                                            (int) number(option, 1, synthetic.pairs())));
                    case "--whole-market" ->
                            market(option, Source.Synthetic.wholeMarket(WHOLE_MARKET_RATE));
                    case "--faults" -> faults = faults(option);
                    case "--seed" ->
                            market(
                                    option,
                                    synthetic.withSeed(
                                            number(option, Long.MIN_VALUE, Long.MAX_VALUE)));
                    case "--rate" ->
                            market(
                                    option,
                                    synthetic.withEventsPerSecond(
                                            (int) number(option, 1, 1_000_000)));
                    case "--levels" ->
                            market(
                                    option,
                                    synthetic.withBookLevels((int) number(option, 20, 20_000)));
                    case "--non-ascii" -> market(option, synthetic.withNonAsciiSymbol());
                    case "--replay" -> files(option);
                    case "--speed" -> speed(option);
                    case "--wait-for-client" -> waiting(option);
                    default -> throw new IllegalArgumentException("unknown argument: " + option);
                }
            }
            return new Start(settings());
        }

        private SimulatorSettings settings() {
            if (!files.isEmpty() && marketOption != null) {
                throw new IllegalArgumentException(
                        marketOption + " is for a made-up market, and cannot go with --replay");
            }
            if (files.isEmpty() && replayOption != null) {
                throw new IllegalArgumentException(replayOption + " needs --replay");
            }
            Source source =
                    files.isEmpty()
                            ? synthetic
                            : new Source.Replay(files, speed, wait, Duration.ofSeconds(1));
            return SimulatorSettings.of(source)
                    .withHost(host)
                    .withPort(port)
                    .withLedgerBytes(ledgerMegabytes << 20)
                    .withFaults(faults);
        }

        private void market(String option, Source.Synthetic changed) {
            synthetic = changed;
            marketOption = option;
        }

        private FaultScript faults(String option) {
            String file = value(option);
            try {
                return FaultScript.read(Path.of(file));
            } catch (IOException e) {
                throw new IllegalArgumentException(option + ": no readable file " + file, e);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(option + ": " + file + ": " + e.getMessage(), e);
            }
        }

        private void files(String option) {
            do {
                Path file = Path.of(value(option));
                if (!Files.isReadable(file)) {
                    throw new IllegalArgumentException(option + ": no readable file " + file);
                }
                files.addAll(Files.isDirectory(file) ? tapes(option, file) : List.of(file));
            } while (!words.isEmpty() && !words.element().startsWith("--"));
        }

        private static List<Path> tapes(String option, Path directory) {
            try (Stream<Path> found = Files.list(directory)) {
                List<Path> tapes =
                        found.filter(file -> TAPE.matcher(file.getFileName().toString()).matches())
                                .sorted()
                                .toList();
                if (tapes.isEmpty()) {
                    throw new IllegalArgumentException(
                            option + ": no finished tape is in " + directory);
                }
                return tapes;
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        option + ": " + directory + " cannot be listed", e);
            }
        }

        private void speed(String option) {
            String text = value(option);
            replayOption = option;
            try {
                speed = text.equals("max") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        option + " must be a positive number or `max`, was " + text, e);
            }
            if (!(speed > 0)) {
                throw new IllegalArgumentException(
                        option + " must be a positive number or `max`, was " + text);
            }
        }

        private void waiting(String option) {
            String text = value(option);
            replayOption = option;
            wait =
                    switch (text) {
                        case "on" -> true;
                        case "off" -> false;
                        default ->
                                throw new IllegalArgumentException(
                                        option + " must be on or off, was " + text);
                    };
        }

        private long number(String option, long least, long most) {
            String text = value(option);
            try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        option + " must be a whole number, was " + text, e);
            }
            throw new IllegalArgumentException(
                    option + " must be " + least + " to " + most + ", was " + text);
        }

        private String value(String option) {
            String value = words.poll();
            if (value == null || (value.startsWith("--"))) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return value;
        }
    }
}
