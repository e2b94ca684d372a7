package io.tapeline.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A browser for the class, a market and a tab for each test, and what holds of all of them: nothing
 * is asked of another host.
 */
abstract class PageFixture {

    static final String LIST =
            "[...document.querySelectorAll('#prices-rows tr:not(.filler)')].map((row) =>"
                    + " row.querySelector('th').textContent + ' ' +"
                    + " row.querySelector('.price').textContent).join('; ')";
    static final String LADDER =
            "['asks', 'bids'].map((side) => [...document.querySelectorAll(`#${side} li`)]"
                    + ".map((row) => [...row.children].map((cell) => cell.textContent).join(' '))"
                    + ".join('; ')).join(' | ')";
    static final String FIRST_LADDER =
            "100.35 1,234.00 1,234.75; 100.20 0.75 0.75" + " | 100.10 1.50 1.50; 100.00 2.25 3.75";
    static final String TEXT = "document.querySelector('%s').textContent";

    private static Chromium chromium;
    CannedMarket market;
    Tab tab;

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

    /** Whether the largest canvas under an element shows more than its background. */
    static String drawn(String root) {
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
