package io.tapeline.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageFrameIT extends PageFixture {

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
    void the_sheet_of_the_health_tells_lines_lag_and_gaps() {
        tab.go(market.address(""));
        tab.await("document.querySelector('#health-dot').dataset.level", "good");

        tab.click("#health summary");

        tab.await(
                "[...document.querySelectorAll('#health-sheet caption')]"
                        + ".map((each) => each.textContent).join('; ')",
                "Pipeline; Lines to the exchanges; Books by state; Aggregators; History;"
                        + " Newest gaps");
        tab.await(
                "[...document.querySelector('#health-sheet table:last-child tbody tr').cells]"
                        + ".map((each) => each.textContent).join('; ')",
                "03-01 12:03:04; BTCUSDT; depth; filled; snapshot");
        tab.press("Escape");
        tab.await("document.querySelector('#health').open", "false");
        assertThat(tab.complaints()).isEmpty();
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
}
