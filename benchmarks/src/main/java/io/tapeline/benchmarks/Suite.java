package io.tapeline.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * Benchmarks that answer one question together.
 *
 * @param name as it is asked for on the command line
 * @param question in a sentence
 * @param run gives the rows of the answer
 */
record Suite(String name, String question, Callable<List<Row>> run) {

    /**
     * A figure.
     *
     * @param task what is done; rows of the same task are compared with its first
     * @param by by which means
     * @param value the median of the iterations
     * @param low their first quartile
     * @param high their third
     */
    record Row(String task, String by, String unit, double value, double low, double high) {}
}
