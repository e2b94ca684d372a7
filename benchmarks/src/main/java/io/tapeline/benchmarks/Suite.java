package io.tapeline.benchmarks;

/**
 * Benchmarks that answer one question together.
 *
 * @param name as it is asked for on the command line
 * @param question in a sentence
 * @param run gives the answer
 */
record Suite(String name, String question, Run run) {

    interface Run {
        Answer with(Options options) throws Exception;
    }
}
