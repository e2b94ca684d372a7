package io.tapeline.fuzz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far a process of Jazzer has come, by the lines that it writes. */
final class Course {

    /** Of libFuzzer, at an input that is worth it: {@code #123 NEW cov: 45 ft: 67 corp: 8/90b}. */
    private static final Pattern PULSE =
            Pattern.compile("#(\\d+)\\s+(\\w+) +cov: (\\d+) .*corp: (\\d+).*");

    /** Of {@link Jazzered}, now and then. */
    private static final Pattern READ = Pattern.compile(Jazzered.READ.replace("%d", "(\\d+)"));

    /** The input without a byte, with which libFuzzer begins, by its digest. */
    private static final String FIRST = "timeout-da39a3ee5e6b4b0d3255bfef95601890afd80709";

    private long inputs;
    private long seconds;
    private long places;
    private long kept;
    private boolean hasBegun;
    private boolean isDone;
    private boolean isFirstSlow;

    /**
     * @return whether it is time to tell of it
     */
    boolean take(String line) {
        Matcher pulse = PULSE.matcher(line);
        if (pulse.matches()) {
            hasBegun = true;
            isDone |= pulse.group(2).equals("DONE");
            inputs = Long.parseLong(pulse.group(1));
            places = Long.parseLong(pulse.group(3));
            kept = Long.parseLong(pulse.group(4));
            return false;
        }
        isFirstSlow |= !hasBegun && line.contains(FIRST);
        Matcher read = READ.matcher(line);
        if (!read.matches()) {
            return false;
        }
        inputs = Long.parseLong(read.group(1));
        seconds = Long.parseLong(read.group(2));
        return true;
    }

    /** Those that were read. */
    long inputs() {
        return inputs;
    }

    /** Since the first of them, when it was last told of. */
    long seconds() {
        return seconds;
    }

    /** Pieces of the code that some input has come to. */
    long places() {
        return places;
    }

    /** Inputs that came to places which no other did. */
    long kept() {
        return kept;
    }

    /** Whether it went on to the end of its time. */
    boolean isDone() {
        return isDone;
    }

    /**
     * Whether it was the first input of all that took too long: by that time nothing but what loads
     * and compiles has been seen, on a busy machine.
     */
    boolean isFirstSlow() {
        return isFirstSlow;
    }
}
