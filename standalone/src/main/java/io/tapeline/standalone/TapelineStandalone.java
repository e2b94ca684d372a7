package io.tapeline.standalone;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code ./tapeline demo} and {@code ./tapeline live}. */
public final class TapelineStandalone {

    private static final Logger LOG = LoggerFactory.getLogger(TapelineStandalone.class);
    private static final int WRONG_USE = 2;
    private static final int FAILED = 1;

    private TapelineStandalone() {}

    public static void main(String[] arguments) throws InterruptedException {
        Mode mode = mode(List.of(arguments));
        CountDownLatch ended = new CountDownLatch(1);
        try {
            Standalone tapeline =
                    Standalone.start(
                            mode,
                            Map.of(),
                            fault -> {
                                LOG.atError()
                                        .setCause(fault)
                                        .log("The broker failed; Tapeline stops");
                                ended.countDown();
                            });
            StatusLine status = StatusLine.start(tapeline);
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .name("shutdown")
                                    .unstarted(() -> {
                                        status.close();
                                        tapeline.close();
                                    }));
            Welcome.print(mode, tapeline);
        } catch (Exception e) {
            LOG.atError().setCause(e).log("Tapeline did not start");
            System.exit(FAILED);
        }
        ended.await();
        System.exit(FAILED);
    }

    private static Mode mode(List<String> arguments) {
        try {
            if (arguments.size() != 1) {
                throw new IllegalArgumentException("one argument is wanted: demo or live");
            }
            return Mode.of(arguments.getFirst());
        } catch (IllegalArgumentException e) {
            System.err.println("tapeline: " + e.getMessage());
            System.exit(WRONG_USE);
            throw e;
        }
    }
}
