package io.tapeline.exchange.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(Ledger ledger, String stream) {
        return ledger.entries(stream).stream()
                .map(e ->
                        e.sequence()
                                + " "
                                + e.epochNanos()
                                + " "
                                + new String(e.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void onlyWhatWasSentIsTold() {
        Ledger ledger = new Ledger(1_000_000);
        ledger.published("a", 10, bytes("one")).sent(1);
        ledger.published("b", 11, bytes("other")).sent(1);
        ledger.published("a", 12, bytes("two"));
        ledger.published("a", 13, bytes("three")).sent(1);
        assertThat(texts(ledger, "a")).containsExactly("0 10 one", "2 13 three");
        assertThat(ledger.entries("a", 1, 5)).hasSize(1);
        assertThat(ledger.counts()).isEqualTo(Map.of("a", 2L, "b", 1L));
        assertThat(ledger.entries("none")).isEmpty();
    }

    @Test
    void theOldestIsForgottenFirstAndTheNumbersShowIt() {
        Ledger ledger = new Ledger(5 * (96 + 4));
        for (int i = 0; i < 9; i++) {
            ledger.published(i % 3 == 0 ? "a" : "b", i, bytes("text")).sent(1);
        }
        assertThat(texts(ledger, "a")).containsExactly("2 6 text");
        assertThat(texts(ledger, "b"))
                .containsExactly("2 4 text", "3 5 text", "4 7 text", "5 8 text");
    }

    @Test
    void nothingIsKeptWithoutRoom() {
        Ledger ledger = new Ledger(0);
        ledger.published("a", 1, bytes("text")).sent(1);
        assertThat(ledger.entries("a")).isEmpty();
        assertThat(ledger.counts()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void eachConnectionsShareIsCounted() {
        Ledger ledger = new Ledger(1_000);
        Ledger.Sending both = ledger.published("a", 1, bytes("text"));
        both.sent(1);
        both.sent(2);
        ledger.published("a", 2, bytes("text")).sent(2);
        ledger.published("a", 3, bytes("text"));
        assertThat(ledger.written()).isEqualTo(Map.of(1L, Map.of("a", 1L), 2L, Map.of("a", 2L)));
        assertThat(ledger.written(7)).isEmpty();
        assertThat(ledger.counts()).isEqualTo(Map.of("a", 2L));
    }
}
