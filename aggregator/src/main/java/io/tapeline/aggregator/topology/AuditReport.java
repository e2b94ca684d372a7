package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.audit.Difference;
import io.tapeline.aggregator.audit.Finding;
import io.tapeline.aggregator.audit.Outcome;
import io.tapeline.schemas.market.Instrument;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the audit of books found, and tells of faults: of a book's first since it began anew,
 * or a book that is not healed would be told of with each picture.
 */
final class AuditReport {

    private static final Logger LOG = LoggerFactory.getLogger(AuditReport.class);

    /** Told of a fault that is news. */
    interface Warning {
        void of(Instrument instrument, Finding finding, Outcome.Fault fault);
    }

    private final FlowCounters counters;
    private final Warning warning;
    private final Set<Instrument> told = new HashSet<>();

    AuditReport(FlowCounters counters) {
        this(counters, AuditReport::warn);
    }

    AuditReport(FlowCounters counters, Warning warning) {
        this.counters = counters;
        this.warning = warning;
    }

    void tell(Instrument instrument, List<Finding> findings) {
        for (Finding finding : findings) {
            counters.count(Flow.AUDIT_TOLD);
            counters.count(flow(finding.outcome()));
            if (finding.outcome() instanceof Outcome.Fault fault && told.add(instrument)) {
                warning.of(instrument, finding, fault);
            }
        }
    }

    /** The book was lost, or is another from a snapshot on: a fault of it is news again. */
    void begunAnew(Instrument instrument) {
        told.remove(instrument);
    }

    private static void warn(Instrument instrument, Finding finding, Outcome.Fault fault) {
        Difference first = fault.first();
        LOG.atWarn()
                .addKeyValue("instrument", instrument.id())
                .addKeyValue("source", finding.source())
                .addKeyValue("asOf", finding.pictureId())
                .addKeyValue("book", finding.bookId())
                .addKeyValue("differences", fault.differences())
                .addKeyValue("side", first.side())
                .addKeyValue("price", first.price())
                .addKeyValue("told", first.told())
                .addKeyValue("held", first.held())
                .log("A book differs from what the exchange shows; its next faults are counted");
    }

    private static Flow flow(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Equal _ -> Flow.AUDIT_EQUAL;
            case Outcome.Fault _ -> Flow.AUDIT_FAULTS;
            case Outcome.BeyondRange _ -> Flow.AUDIT_BEYOND_RANGE;
            case Outcome.NotComparable _ -> Flow.AUDIT_NOT_COMPARABLE;
            case Outcome.Known _ -> Flow.AUDIT_KNOWN;
            case Outcome.PassedOver _ -> Flow.AUDIT_PASSED_OVER;
        };
    }
}
