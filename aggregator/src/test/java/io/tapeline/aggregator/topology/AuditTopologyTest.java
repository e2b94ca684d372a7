package io.tapeline.aggregator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tapeline.aggregator.Payloads;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import io.tapeline.schemas.proto.ResyncRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTopologyTest extends TopologyFixture {

    @Test
    void aBookThatTheExchangeContradictsIsLostToldAskedForAndHealed() {
        snapshot(10);
        depth(11, 11, "98 1");
        picture("depth20", Payloads.snapshot(11, List.of("99 1", "98 1"), List.of("101 1")));
        picture("bookTicker", Payloads.bookTicker("BTCUSDT", 12, "99 1", "101 1"));
        depth(12, 12, "97 1");
        assertThat(counters.of(Flow.AUDIT_EQUAL)).isEqualTo(2);
        assertThat(told(topics.depth())).hasSize(3);

        picture("depth20", Payloads.snapshot(12, List.of("99 1", "98 7"), List.of("101 1")));
        snapshot(12);

        assertThat(told(topics.depth()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Lost", "Reset");
        assertThat(told(topics.resync()))
                .extracting(ResyncRequest::getReason, ResyncRequest::getAfterUpdateId)
                .containsExactly(tuple("audit", 12L));
        assertThat(told(topics.gaps()))
                .extracting(Gap::getCause, Gap::getFrom, Gap::getTo, Gap::getOutcome)
                .containsExactly(
                        tuple("audit", 12L, 12L, GapOutcome.GAP_OUTCOME_OPEN),
                        tuple("audit", 12L, 12L, GapOutcome.GAP_OUTCOME_FILLED));
        assertThat(counters.of(Flow.AUDIT_FAULTS)).isEqualTo(1);
        assertThat(counters.of(Flow.BOOKS_CONTRADICTED)).isEqualTo(1);
        assertThat(counters.of(Flow.AUDIT_TOLD)).isEqualTo(counters.of(Flow.DEPTH_PICTURES));
        assertThat(counters.of(Flow.DEPTH_RECEIVED))
                .isEqualTo(
                        counters.of(Flow.DEPTH_APPLIED)
                                + counters.of(Flow.SNAPSHOTS_USED)
                                + counters.of(Flow.DEPTH_PICTURES));
    }

    @Test
    void aLookByRestIsHeldAgainstTheBookAndNeverBecomesIt() {
        depth(9, 10, "98 1");
        look(10, "99 1");
        assertThat(told(topics.depth())).isEmpty();
        snapshot(10);
        look(14, "99 5");
        driver.advanceWallClockTime(Duration.ofSeconds(10));
        assertThat(told(topics.depth())).hasSize(1);
        assertThat(counters.of(Flow.SNAPSHOTS_HELD)).isZero();

        depth(11, 15, "97 1");

        assertThat(counters.of(Flow.AUDIT_PASSED_OVER)).isEqualTo(1);
        assertThat(counters.of(Flow.AUDIT_FAULTS)).isEqualTo(1);
        assertThat(told(topics.depth()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Delta", "Lost");
    }

    private void look(long id, String bid) {
        send(
                topics.rawDepth(),
                "rest/depth?limit=100&purpose=audit",
                Payloads.snapshot(id, List.of(bid, "98 1"), List.of("101 1")));
    }

    private void picture(String stream, byte[] payload) {
        send(topics.rawDepth(), "btcusdt@" + stream, payload);
    }
}
