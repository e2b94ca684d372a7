package io.tapeline.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Venues that tell a price alone, beside one that tells everything. */
class OtherVenuesIT extends PageFixture {

    @BeforeEach
    void theyTellTheirPrices() {
        market.price("deribit", "btc_usd", "61850.12");
        market.price("coingecko", "shiba-inu-usd", "0.0000132");
    }

    @Test
    void the_list_shows_the_prices_of_all_venues_and_names_the_venue() {
        tab.go(market.address(""));
        tab.await(TEXT.formatted("#prices-count"), "7 pairs");

        tab.await(
                LIST,
                "BTCIDRbinance 1,012,345,678.00; BTCUSDTbinance 61,855.30; ETH/BTCbinance 0.05044;"
                        + " ETHUSDTbinance 3,120.41; PEPEUSDTbinance 0.00001073;"
                        + " btc/usdderibit 61,850.12; shiba-inu-usdcoingecko 0.0000132");
        market.price("deribit", "btc_usd", "61851");
        tab.await(TEXT.formatted("tr[data-key=\"deribit:btc_usd\"] .price"), "61,851.00");
        tab.press("/");
        tab.type("deribit");
        tab.await(LIST, "btc/usdderibit 61,851.00");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void an_instrument_without_candles_and_book_says_so_and_asks_for_none() {
        tab.go(market.address("#/deribit/btc_usd/1m"));

        tab.await(TEXT.formatted("#pair-price"), "61,850.12");
        tab.await(TEXT.formatted("#pair-title"), "btc/usd");
        tab.await(TEXT.formatted("#pair-venue"), "deribit");
        tab.await(TEXT.formatted("#candles-message"), "No candles: Deribit tells a price alone.");
        tab.await(TEXT.formatted("#book-message"), "No order book: Deribit tells a price alone.");
        tab.await(shown("#candles-message"), "true");
        tab.await(shown("#book-message"), "true");
        tab.await(shown("#depth"), "false");
        tab.await(shown("#intervals"), "false");
        assertThat(asked()).noneMatch(path -> path.matches(".*v1/(klines|books|tickers)/.*"));
        assertThat(tab.complaints()).isEmpty();
    }

    private static String shown(String element) {
        return "document.querySelector('%s').getClientRects().length > 0".formatted(element);
    }

    private List<String> asked() {
        return tab.requests().stream().map(Object::toString).toList();
    }

    @Test
    void from_there_to_a_pair_with_candles_and_back() {
        tab.go(market.address("#/coingecko/shiba-inu-usd/1m"));
        tab.await(TEXT.formatted("#book-message"), "No order book: CoinGecko tells a price alone.");

        tab.await(TEXT.formatted("#prices-count"), "7 pairs");

        tab.click("tr[data-key=\"binance:ETHUSDT\"] th");
        tab.await(LADDER, FIRST_LADDER);
        tab.await(drawn("#candles"), "true");
        tab.await(shown("#depth"), "true");
        tab.click("tr[data-key=\"coingecko:shiba-inu-usd\"] th");

        tab.await(TEXT.formatted("#pair-price"), "0.0000132");
        tab.await(shown("#candles-message"), "true");
        tab.await(shown("#book-message"), "true");
        tab.await(shown("#depth"), "false");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void nothing_is_wider_than_a_phone_with_them_either() {
        tab.size(390, 844);
        tab.go(market.address("#/deribit/btc_usd/1m"));
        tab.await(TEXT.formatted("#prices-count"), "7 pairs");
        for (String view : List.of("prices", "pair", "book")) {
            tab.click(".tabs [data-view=" + view + "]");
            assertThat(tab.run("String(document.documentElement.scrollWidth)"))
                    .as(view)
                    .isEqualTo("390");
        }
    }

    @Test
    void parts_that_do_not_answer_are_named() {
        market.unreachable("aggregator", "10.0.0.7:9001");
        tab.go(market.address(""));

        tab.await(
                "[...document.querySelectorAll('#health-line span')]"
                        + ".map((part) => part.textContent).join('; ')",
                "1 of 1 line streaming; books: 5 live; lag 3; newest event 33 ms ago;"
                        + " 1 part does not answer");
        tab.await("document.querySelector('#health-dot').dataset.level", "warn");
        tab.await(
                "document.querySelector('#health-sheet').textContent.includes('10.0.0.7:9001')",
                "true");
    }
}
