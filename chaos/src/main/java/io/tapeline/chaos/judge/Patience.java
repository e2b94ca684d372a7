package io.tapeline.chaos.judge;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Asks again and again until there is nothing to complain about. Whatever an engine or a broker
 * fails with while it comes back passes: it is a complaint like any other.
 */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Whatever may fail for now. */
    @FunctionalInterface
    interface Complaint {
        /**
         * @return empty: none
         */
        String made() throws IOException, InterruptedException;
    }

    private Patience() {}

    /**
     * @throws Contradiction with the last complaint
     */
    static void until(String what, Duration patience, Complaint complaint)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String last = made(complaint);
        while (!last.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new Contradiction(
                        what + ": not within " + patience.toSeconds() + " s: " + last);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            last = made(complaint);
        }
    }

    private static String made(Complaint complaint) throws InterruptedException {
        try {
            return complaint.made();
        } catch (InterruptException e) {
            InterruptedException interrupted = new InterruptedException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException | KafkaException notNow) {
            return notNow.toString();
        }
    }
}
