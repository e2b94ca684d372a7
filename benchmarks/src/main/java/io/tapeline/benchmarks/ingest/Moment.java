package io.tapeline.benchmarks.ingest;

import com.sun.management.OperatingSystemMXBean;
import io.tapeline.benchmarks.broker.BrokerProcess;
import java.lang.management.ManagementFactory;

/**
 * A moment of a run, with the processor's time that this process and the broker had used by then.
 */
record Moment(long nanos, long ownNanos, long brokerNanos) {

    static Moment now(BrokerProcess broker) {
        OperatingSystemMXBean own =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Moment(
                System.nanoTime(), own.getProcessCpuTime(), broker.processorTime().toNanos());
    }

    /**
     * What lies between this and a later one, for each event.
     *
     * @param events in between
     * @param foreignNanos of this process' processor time, what was not the contender's
     */
    Run until(Moment end, double events, double foreignNanos) {
        return new Run(
                events * 1e9 / (end.nanos - nanos),
                (end.ownNanos - ownNanos - foreignNanos) / 1e3 / events,
                (end.brokerNanos - brokerNanos) / 1e3 / events);
    }

    /** One run; the processor's time of the one who sends the frames is not in it. */
    record Run(double perSecond, double microsOwn, double microsBroker) {}
}
