package io.tapeline.schemas.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthSnapshot;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exchange's own diffs and snapshot, where the recording is present. */
class RecordedDepthTest {

    private static final String ENVELOPE = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":";

    @Test
    void everyRecordedDiffIsReadAndNoneIsMissingBetweenThem() throws MalformedPayload {
        List<DepthUpdate> diffs = new ArrayList<>();
        List<DepthSnapshot> snapshots = new ArrayList<>();
        for (String line :
                Recordings.lines(
                        "binance-spot-btcusdt/btcusdt_20240808.gz",
                        "binance-spot-btcusdt/btcusdt_20240809.gz")) {
            String text = line.substring(line.indexOf(' ') + 1);
            if (text.startsWith(ENVELOPE)) {
                String payload = text.substring(ENVELOPE.length(), text.length() - 1);
                diffs.add((DepthUpdate) decode("btcusdt@depth@100ms", payload));
            } else if (text.startsWith("{\"lastUpdateId\"")) {
                snapshots.add((DepthSnapshot) decode("rest/depth?limit=1000", text));
            }
        }
        assumeThat(diffs).isNotEmpty();

        assertThat(diffs).hasSize(6_495);
        assertThat(diffs.stream().mapToInt(d -> d.bids().size() + d.asks().size()).sum())
                .isEqualTo(298_111);
        assertThat(diffs).allMatch(d -> d.bids().isCompact() && d.asks().isCompact());
        for (int i = 1; i < diffs.size(); i++) {
            assertThat(diffs.get(i).firstUpdateId())
                    .isEqualTo(diffs.get(i - 1).finalUpdateId() + 1);
        }
        assertThat(snapshots).hasSize(1);
        assertThat(snapshots.getFirst().lastUpdateId()).isEqualTo(50_093_239_218L);
        assertThat(snapshots.getFirst().bids().size()).isEqualTo(1_000);
        assertThat(snapshots.getFirst().asks().size()).isEqualTo(1_000);
    }

    private static DepthMessage decode(String stream, String payload) throws MalformedPayload {
        return BinanceDepth.decode(Records.stream(stream, payload));
    }
}
