package io.tapeline.capture;

import io.tapeline.capture.record.Capture;
import io.tapeline.capture.record.CaptureOptions;
import io.tapeline.capture.record.CaptureSummary;
import io.tapeline.capture.replay.Replay;
import io.tapeline.capture.replay.ReplayOptions;
import io.tapeline.capture.replay.ReplaySummary;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/** {@code ./tapeline capture} and {@code ./tapeline replay}. */
public final class TapelineTapes {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int SOME_LEFT_OUT = 3;
    private static final long STOP_SECONDS = 20;
    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private TapelineTapes() {}

    public static void main(String[] arguments) {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "capture-logback.xml");
        }
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> words =
                Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        int status =
                switch (command) {
                    case "capture" ->
                            run(command, words, CaptureOptions.USAGE, () -> capture(words));
                    case "replay" -> run(command, words, ReplayOptions.USAGE, () -> replay(words));
                    default -> wrong("tapeline", "the command must be capture or replay");
                };
        System.exit(status);
    }

    private interface Command {
        int run() throws IOException;
    }

    private static int run(String name, List<String> words, String usage, Command command) {
        if (words.contains("--help") || words.contains("-h")) {
            System.out.print(usage);
            return 0;
        }
        try {
            return command.run();
        } catch (IllegalArgumentException e) {
            return wrong("tapeline " + name, String.valueOf(e.getMessage()));
        } catch (IOException | KafkaException e) {
            System.err.println("tapeline " + name + ": " + reason(e));
            return FAILED;
        }
    }

    /** The message of a file's trouble may be the file's name alone. */
    private static String reason(Exception e) {
        return e instanceof FileSystemException file && file.getReason() == null
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    private static int wrong(String program, String message) {
        System.err.println(program + ": " + message);
        System.err.println("Try: " + program + " --help");
        return WRONG_USAGE;
    }

    private static int capture(List<String> words) throws IOException {
        Capture capture =
                new Capture(CaptureOptions.parse(words, System.getenv()), Clock.systemUTC());
        CountDownLatch ended = stopOnSignal(capture::stop);
        try {
            CaptureSummary summary = capture.run();
            System.err.println("tapeline capture: " + summary.text());
            return summary.malformed() > 0 ? SOME_LEFT_OUT : 0;
        } finally {
            ended.countDown();
        }
    }

    private static int replay(List<String> words) throws IOException {
        Replay replay = new Replay(ReplayOptions.parse(words, System.getenv()));
        CountDownLatch ended = stopOnSignal(replay::stop);
        try {
            ReplaySummary summary = replay.run();
            System.err.println("tapeline replay: " + summary.text());
            return summary.rejected() > 0 ? SOME_LEFT_OUT : 0;
        } finally {
            ended.countDown();
        }
    }

    /** A signal stops the work, and the process ends when it has ended, or has had its time. */
    private static CountDownLatch stopOnSignal(Runnable stop) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    stop.run();
                                    await(ended);
                                },
                                "tapeline-stop"));
        return ended;
    }

    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("tapeline: not stopped within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
