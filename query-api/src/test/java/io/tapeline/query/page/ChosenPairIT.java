package io.tapeline.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChosenPairIT extends PageFixture {

    @Test
    void a_chosen_pair_shows_its_candles_its_depth_and_its_book() {
        tab.go(market.address(""));
        tab.await(TEXT.formatted("#prices-count"), "5 pairs");

        tab.click("tr[data-key=\"binance:ETHUSDT\"] th");

        tab.await(TEXT.formatted("#pair-price"), "3,120.41");
        tab.await(drawn("#candles"), "true");
        tab.await(drawn("#depth"), "true");
        tab.await(
                TEXT.formatted("#candle-line"),
                "2026-03-01 12:59O 103.10H 113.00L 98.25C 106.75Vol 15open from stream");
        tab.await(LADDER, FIRST_LADDER);
        tab.await(TEXT.formatted("#spread"), "Spread 0.10 · 9.99 bp");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void the_open_candle_follows_the_stream_and_an_answer_that_was_overtaken_does_not_undo_it()
            throws InterruptedException {
        String line = TEXT.formatted("#candle-line");
        tab.go(market.address("#/binance/BTCUSDT/1m"));
        tab.await(line, "2026-03-01 12:59O 103.10H 113.00L 98.25C 106.75Vol 15open from stream");

        market.streamCandle("BTCUSDT", "112.99", 43);

        String overtaking =
                "2026-03-01 12:59O 103.10H 113.00L 98.25C 112.99Vol 15.25open from stream";
        tab.await(line, overtaking);
        tab.await(
                "performance.getEntriesByType('resource')"
                        + ".filter((asked) => asked.name.includes('klines')).length > 1",
                "true");
        tab.await(line, overtaking);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void history_that_is_missing_is_said_until_it_has_come() {
        market.missing("the exchange's limits leave no room now");
        tab.go(market.address("#/binance/BTCUSDT/4h"));

        tab.await(
                TEXT.formatted("#candles-note"),
                "History is missing here: the exchange's limits leave no room now.");
        tab.await(drawn("#candles"), "true");
        market.missing(null);
        tab.run("String(document.querySelector('#away-now').click())");

        tab.await("document.querySelector('#candles-note').hidden", "true");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void an_interval_is_chosen_and_stays_in_the_address() {
        tab.go(market.address("#/binance/ETHBTC/15m"));
        tab.await("document.querySelector('#intervals :checked').value", "15m");

        tab.click("#intervals input[value=\"1h\"]");

        tab.await("location.hash", "#/binance/ETHBTC/1h");
        tab.await(drawn("#candles"), "true");
        assertThat(tab.requests())
                .contains(market.address("v1/klines/binance/ETHBTC?interval=1h&limit=500"));
    }

    @Test
    void the_book_follows_the_stream_and_says_how_far_it_may_be_believed() {
        tab.go(market.address("#/binance/BTCUSDT/1m"));
        tab.await(LADDER, FIRST_LADDER);
        tab.await(TEXT.formatted("#book-state"), "LIVE");

        market.book(
                "BTCUSDT",
                "RESYNCING",
                List.of(List.of("99.90", "0.00001")),
                List.of(List.of("100.20", "0.75000")));

        tab.await(LADDER, "100.20 0.75000 0.75000 | 99.90 0.00001 0.00001");
        tab.await(TEXT.formatted("#book-state"), "RESYNCING");
        tab.await("document.querySelector('#book-note').hidden", "false");
        tab.await(
                "[...document.querySelectorAll('#book-provenance dd')]"
                        + ".map((value) => value.textContent).join('; ')",
                "71,829,340,010; tapeline.raw.depth / 3 @ 918273; 90 to 110");
        assertThat(tab.complaints()).isEmpty();
    }
}
