package io.tapeline.aggregator.topology;

import io.tapeline.aggregator.audit.Difference;
import io.tapeline.aggregator.audit.Finding;
import io.tapeline.aggregator.audit.Outcome;
import io.tapeline.schemas.market.Instrument;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what the audit of books found, and tells of faults. */
final class AuditReport {

    private static final Logger LOG = LoggerFactory.getLogger(AuditReport.class);

    private final FlowCounters counters;

    AuditReport(FlowCounters counters) {
        this.counters = counters;
    }

    void tell(Instrument instrument, List<Finding> findings) {
        for (Finding finding : findings) {
            counters.count(Flow.AUDIT_TOLD);
            counters.count(flow(finding.outcome()));
            if (finding.outcome() instanceof Outcome.Fault(Difference first, int differences)) {
                LOG.atWarn()
                        .addKeyValue("instrument", instrument.id())
                        .addKeyValue("source", finding.source())
                        .addKeyValue("asOf", finding.pictureId())
                        .addKeyValue("book", finding.bookId())
                        .addKeyValue("differences", differences)
                        .addKeyValue("side", first.side())
                        .addKeyValue("price", first.price())
                        .addKeyValue("told", first.told())
                        .addKeyValue("held", first.held())
                        .log("A book differs from what the exchange shows");
            }
        }
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
