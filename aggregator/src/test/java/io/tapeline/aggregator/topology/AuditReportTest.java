package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.audit.Difference;
import io.tapeline.aggregator.audit.Finding;
import io.tapeline.aggregator.audit.Outcome;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.PictureSource;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditReportTest {

    private static final Instrument BTC = Instrument.binance("BTCUSDT");
    private static final Instrument ETH = Instrument.binance("ETHUSDT");
    private static final Outcome.Fault FAULT =
            new Outcome.Fault(
                    new Difference(Side.BID, Price.of("99"), Quantity.ZERO, Quantity.of("1")), 1);

    private final FlowCounters counters = new FlowCounters();
    private final List<String> warnings = new ArrayList<>();
    private final AuditReport report =
            new AuditReport(
                    counters,
                    (instrument, finding, _) ->
                            warnings.add(instrument.symbol() + " " + finding.pictureId()));

    private static Finding fault(long pictureId) {
        return new Finding(PictureSource.PARTIAL_DEPTH, pictureId, pictureId, FAULT);
    }

    @Test
    void a_book_that_stays_wrong_is_told_of_once_and_each_of_its_faults_counted() {
        report.tell(BTC, List.of(fault(11), fault(12)));
        report.tell(ETH, List.of(fault(5)));
        report.tell(BTC, List.of(fault(13)));

        assertThat(warnings).containsExactly("BTCUSDT 11", "ETHUSDT 5");
        assertThat(counters.of(Flow.AUDIT_FAULTS)).isEqualTo(4);
        assertThat(counters.of(Flow.AUDIT_TOLD)).isEqualTo(4);
    }

    @Test
    void a_fault_of_a_book_that_began_anew_is_told_of_again() {
        report.tell(BTC, List.of(fault(11)));
        report.begunAnew(BTC);
        report.tell(BTC, List.of(fault(21), fault(22)));

        assertThat(warnings).containsExactly("BTCUSDT 11", "BTCUSDT 21");
    }
}
