package io.tapeline.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PriceListIT extends PageFixture {

    @Test
    void the_list_shows_each_pair_with_its_latest_price_and_follows_it() {
        tab.go(market.address(""));
        tab.await(
                LIST,
                "BTCIDR 1,012,345,678.00; BTCUSDT 61,855.30; ETH/BTC 0.05044; ETHUSDT 3,120.41;"
                        + " PEPEUSDT 0.00001073");

        market.price("BTCUSDT", "62473.85");

        tab.await(
                LIST,
                "BTCIDR 1,012,345,678.00; BTCUSDT 62,473.85; ETH/BTC 0.05044; ETHUSDT 3,120.41;"
                        + " PEPEUSDT 0.00001073");
        tab.await(TEXT.formatted("tr[data-key=\"binance:BTCUSDT\"] .move"), "+1.00%");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void a_search_leaves_what_matches_and_the_keyboard_chooses_of_it() {
        tab.go(market.address(""));
        tab.await(TEXT.formatted("#pair-title"), "BTCUSDT");

        tab.press("/");
        tab.type("eth");
        tab.await(LIST, "ETH/BTC 0.05044; ETHUSDT 3,120.41");
        tab.await(TEXT.formatted("#prices-count"), "2 of 5");
        tab.press("ArrowDown");
        tab.press("ArrowDown");
        tab.press("Enter");

        tab.await(TEXT.formatted("#pair-title"), "ETHUSDT");
        tab.await("location.hash", "#/binance/ETHUSDT/1m");
        tab.press("Escape");
        tab.await(TEXT.formatted("#prices-count"), "5 pairs");
        tab.run("history.back()");
        tab.await(TEXT.formatted("#pair-title"), "BTCUSDT");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void of_thousands_of_pairs_only_those_in_sight_are_in_the_document() {
        for (int pair = 0; pair < 3_000; pair++) {
            market.price("Z%04dUSDT".formatted(pair), "1.50");
        }
        tab.go(market.address(""));
        tab.await(TEXT.formatted("#prices-count"), "3005 pairs");
        tab.await("document.querySelectorAll('#prices-rows tr').length < 60", "true");

        tab.run("document.querySelector('#prices-scroll').scrollTop = 1e6");

        tab.await(LIST + ".split('; ').at(-1)", "Z2999USDT 1.50");
        tab.await("document.querySelectorAll('#prices-rows tr').length < 60", "true");
        assertThat(tab.run("String(document.documentElement.scrollHeight)")).isEqualTo("900");
    }

    @Test
    void prices_sort_by_their_exact_value() {
        tab.go(market.address(""));
        tab.await(TEXT.formatted("#prices-count"), "5 pairs");

        tab.click("[data-sort=price]");

        tab.await(
                LIST,
                "BTCIDR 1,012,345,678.00; BTCUSDT 61,855.30; ETHUSDT 3,120.41; ETH/BTC 0.05044;"
                        + " PEPEUSDT 0.00001073");
        assertThat(
                        tab.run(
                                "document.querySelector('[data-sort=price]')"
                                        + ".closest('th').getAttribute('aria-sort')"))
                .isEqualTo("descending");
    }

    @Test
    void decimals_are_exact_at_any_length() {
        tab.go(market.address(""));
        String exact =
                "import('/js/decimal.js').then((d) => [d.add('%s', '0.1'), d.group('-1234567.50'),"
                    + " d.compare('0.10', '0.1'), d.middle('1', '2'), d.withPlaces('1.500', 2),"
                    + " d.withPlaces('1.505', 2), d.brief('1234567.89'), d.brief('0.00012345678'),"
                    + " d.subtract('1', '1.00000001')].join(' '))";

        assertThat(tab.run(exact.formatted("99999999999999999999999999.9999999999")))
                .isEqualTo(
                        "100000000000000000000000000.0999999999 −1,234,567.50 0 1.5 1.50 1.505"
                                + " 1.234M 0.0001234 -0.00000001");
    }
}
