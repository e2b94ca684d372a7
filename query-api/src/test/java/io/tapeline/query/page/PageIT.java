package io.tapeline.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageIT {

    private static final String LIST =
            "[...document.querySelectorAll('#prices-rows tr:not(.filler)')].map((row) =>"
                    + " row.querySelector('th').textContent + ' ' +"
                    + " row.querySelector('.price').textContent).join('; ')";
    private static final String LADDER =
            "['asks', 'bids'].map((side) => [...document.querySelectorAll(`#${side} li`)]"
                    + ".map((row) => [...row.children].map((cell) => cell.textContent).join(' '))"
                    + ".join('; ')).join(' | ')";
    private static final String FIRST_LADDER =
            "100.35 1,234.00 1,234.75; 100.20 0.75 0.75" + " | 100.10 1.50 1.50; 100.00 2.25 3.75";
    private static final String TEXT = "document.querySelector('%s').textContent";

    private static Chromium chromium;
    private CannedMarket market;
    private Tab tab;

    @BeforeAll
    static void startChromium() throws IOException, InterruptedException {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopChromium() throws IOException, InterruptedException {
        chromium.close();
    }

    @BeforeEach
    void openTab() throws IOException, InterruptedException {
        market = new CannedMarket();
        tab = chromium.open();
        tab.size(1440, 900);
        tab.systemTheme("light");
    }

    @AfterEach
    void nothingLeftTheHost() {
        String origin = market.address("").toString();
        List<String> elsewhere =
                tab.requests().stream()
                        .map(Object::toString)
                        .filter(address -> !address.startsWith(origin))
                        .toList();
        tab.close();
        market.close();
        assertThat(elsewhere).isEmpty();
    }

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

    @Test
    void without_a_stream_the_page_polls() {
        market.withoutStream();
        tab.go(market.address("#/binance/BTCUSDT/1m"));
        tab.await(LADDER, FIRST_LADDER);

        market.book("BTCUSDT", "LIVE", List.of(List.of("101.00", "3")), List.of());
        market.price("BTCUSDT", "61900.00");

        tab.await(LADDER, " | 101.00 3.00 3.00");
        tab.await(TEXT.formatted("#spread"), "One side is empty");
        tab.await(TEXT.formatted("#pair-price"), "61,900.00");
    }

    @Test
    void the_theme_is_the_system_s_until_somebody_chooses_and_the_choice_is_kept() {
        tab.systemTheme("dark");
        tab.go(market.address(""));
        tab.await("getComputedStyle(document.body).backgroundColor", "rgb(11, 14, 20)");

        tab.await("document.querySelector('#theme').ariaLabel", "Switch to the light theme");
        tab.click("#theme");
        tab.await("getComputedStyle(document.body).backgroundColor", "rgb(243, 245, 248)");
        tab.go(market.address("?again"));

        tab.await("location.search", "?again");
        tab.await("getComputedStyle(document.body).backgroundColor", "rgb(243, 245, 248)");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void nothing_is_wider_than_a_phone() {
        tab.size(390, 844);
        tab.go(market.address(""));
        tab.await(TEXT.formatted("#prices-count"), "5 pairs");
        for (String view : List.of("prices", "pair", "book")) {
            tab.click(".tabs [data-view=" + view + "]");
            tab.await(
                    "[...document.querySelectorAll('.pane')].filter((pane) =>"
                            + " pane.offsetWidth > 0).map((pane) => pane.classList[1]).join()",
                    view);
            assertThat(tab.run("String(document.documentElement.scrollWidth)"))
                    .as(view)
                    .isEqualTo("390");
        }
        tab.await(LADDER, FIRST_LADDER);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void a_server_that_is_away_is_said_so_and_the_page_recovers_by_itself() {
        tab.go(market.address("#/binance/BTCUSDT/1m"));
        tab.await(LADDER, FIRST_LADDER);
        market.goAway();
        tab.await("document.querySelector('#away').hidden", "false");
        tab.await(LADDER, FIRST_LADDER);

        market.price("BTCUSDT", "61000.00");
        market.comeBack();

        tab.await("document.querySelector('#away').hidden", "true");
        tab.await(TEXT.formatted("#pair-price"), "61,000.00");
    }

    @Test
    void a_problem_is_shown_in_the_server_s_own_words() {
        tab.go(market.address("#/binance/NOSUCH/1m"));

        tab.await(
                TEXT.formatted("#book-message"),
                "Unknown instrument: symbol \"NOSUCH\" is not listed");
        tab.await(
                TEXT.formatted("#candles-message"),
                "Unknown instrument: symbol \"NOSUCH\" is not listed");
    }

    @Test
    void the_pipeline_s_health_is_one_line() {
        tab.go(market.address(""));

        tab.await(
                "[...document.querySelectorAll('#health-line span')]"
                        + ".map((part) => part.textContent).join('; ')",
                "1 of 1 line streaming; books: 5 live; lag 3; newest event 33 ms ago");
        tab.await("document.querySelector('#health-dot').dataset.level", "good");
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

    /** Whether the largest canvas under an element shows more than its background. */
    private static String drawn(String root) {
        return """
        (() => {
          const all = [...document.querySelectorAll('%s canvas')];
          const canvas = all.sort((a, b) => b.width * b.height - a.width * a.height)[0];
          const copy = new OffscreenCanvas(canvas.width, canvas.height);
          const pen = copy.getContext('2d', { willReadFrequently: true });
          pen.drawImage(canvas, 0, 0);
          const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size > 3;
        })()\
        """
                .formatted(root);
    }
}
