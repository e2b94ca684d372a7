package io.tapeline.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.ledger.Ledger;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapLedgerTest {

    private static final Gap INDEX = gap("deribit:btc_usd", GapKind.GAP_KIND_TICKERS);
    private static final Gap PAIR = gap("binance:BTCUSDT", GapKind.GAP_KIND_TICKERS);

    /** From the second to the fourth second. */
    private static Gap gap(String instrument, GapKind kind) {
        return Gap.newBuilder()
                .setInstrument(instrument)
                .setKind(kind)
                .setFrom(2_000_000)
                .setTo(4_000_000)
                .build();
    }

    private static Ledger.Entry index(String name, long millis) {
        return new Ledger.Entry(
                "deribit_price_index." + name, 0, millis * 1_000_000, new byte[] {'{', '}'});
    }

    private static Ledger.Entry ticker(long millis) {
        String event = "{\"e\":\"24hrTicker\",\"E\":%d}".formatted(millis);
        return new Ledger.Entry(
                "btcusdt@ticker", 0, millis * 1_000_000, event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_index_that_no_line_carried_is_explained_by_the_span_in_which_none_did() {
        GapLedger gaps = new GapLedger(List.of(INDEX, PAIR), Duration.ZERO);

        assertThat(gaps.explains(index("btc_usd", 2_000))).isTrue();
        assertThat(gaps.explains(index("btc_usd", 4_000))).isTrue();
        assertThat(gaps.explains(index("btc_usd", 4_001))).isFalse();
        assertThat(gaps.explains(index("eth_usd", 3_000))).isFalse();
    }

    @Test
    void a_gap_of_one_venue_does_not_explain_the_others() {
        assertThat(new GapLedger(List.of(PAIR), Duration.ZERO).explains(index("btc_usd", 3_000)))
                .isFalse();
        assertThat(new GapLedger(List.of(INDEX), Duration.ZERO).explains(ticker(3_000))).isFalse();
    }

    @Test
    void times_are_compared_as_far_apart_as_clocks_and_wires_may_have_been() {
        GapLedger gaps = new GapLedger(List.of(PAIR), Duration.ofSeconds(1));

        assertThat(gaps.explains(ticker(1_000))).isTrue();
        assertThat(gaps.explains(ticker(999))).isFalse();
        assertThat(gaps.explains(ticker(5_000))).isTrue();
        assertThat(gaps.explains(ticker(5_001))).isFalse();
    }

    @Test
    void what_is_polled_must_come() {
        Ledger.Entry polled =
                new Ledger.Entry("rest/simple/price", 0, 3_000_000_000L, new byte[] {'{', '}'});

        assertThat(new GapLedger(List.of(INDEX, PAIR), Duration.ZERO).explains(polled)).isFalse();
    }

    @Test
    void a_books_hole_reaches_to_the_snapshot_that_filled_it() {
        Gap hole =
                Gap.newBuilder()
                        .setInstrument("binance:BTCUSDT")
                        .setKind(GapKind.GAP_KIND_DEPTH)
                        .setFrom(10)
                        .setTo(20)
                        .build();
        GapLedger open = new GapLedger(List.of(hole), Duration.ZERO);
        GapLedger filled =
                new GapLedger(
                        List.of(hole.toBuilder().setHow("snapshot 50").build()), Duration.ZERO);

        assertThat(open.explains(depth(10, 20))).isTrue();
        assertThat(open.explains(depth(21, 22))).isFalse();
        assertThat(filled.explains(depth(21, 50))).isTrue();
        assertThat(filled.explains(depth(9, 12))).isFalse();
        assertThat(filled.explains(depth(50, 51))).isFalse();
    }

    private static Ledger.Entry depth(long first, long last) {
        String event = "{\"e\":\"depthUpdate\",\"E\":1,\"U\":%d,\"u\":%d}".formatted(first, last);
        return new Ledger.Entry(
                "btcusdt@depth@100ms", 0, 1_000_000, event.getBytes(StandardCharsets.UTF_8));
    }
}
