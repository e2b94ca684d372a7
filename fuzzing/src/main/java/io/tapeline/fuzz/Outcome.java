package io.tapeline.fuzz;

import java.nio.file.Path;

/** How the run of a target went. */
sealed interface Outcome {

    /**
     * Nothing was found in all the time that was asked for.
     *
     * @param inputs that were read
     */
    record Clean(long inputs) implements Outcome {}

    /**
     * An input has shown that something is wrong.
     *
     * @param log of the process, which names the file of the input
     */
    record Found(Path log) implements Outcome {}

    /**
     * Nothing can be said of the target.
     *
     * @param why as far as it is known
     * @param log of the process
     */
    record Failed(String why, Path log) implements Outcome {}

    /** How libFuzzer ends when an input throws, takes too much memory, takes too long. */
    int THROWN = 77;

    int TOO_LARGE = 71;
    int TOO_SLOW = 70;

    /**
     * @param ended the process's exit value
     */
    static Outcome of(int ended, Course course, Path log) {
        return switch (ended) {
            case 0 ->
                    course.isDone()
                            ? new Clean(course.inputs())
                            : new Failed("Jazzer ended early", log);
            case TOO_SLOW ->
                    course.isFirstSlow()
                            ? new Failed("the first input, of no bytes, took too long", log)
                            : new Found(log);
            case THROWN, TOO_LARGE -> new Found(log);
            default -> new Failed("Jazzer ended with " + ended, log);
        };
    }
}
