package io.tapeline.ingestor.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.poll.PollAnswer;
import io.tapeline.ingestor.poll.PollVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from an answer of {@code /simple/price}. */
class PricesTest {

    private static final String BODY =
            "{\"bitcoin\":{\"usd\":67187.3358936566,\"eur\":null,\"last_updated_at\":1711356300},"
                    + " \"shiba-inu\":{\"usd\":1.2e-08,\"eur\":1.1e-08},"
                    + "\"status\":{\"usd\":0.02}}";

    @Test
    void eachCoinsObjectIsTakenVerbatimForEachCurrencyThatHasAValue() {
        PriceCutter.Cut cut =
                PriceCutter.cut(
                        utf8(BODY),
                        List.of("bitcoin", "shiba-inu", "status", "nosuch"),
                        List.of("usd", "eur"));
        assertThat(cut.priced())
                .map(priced -> priced + " " + new String(priced.object(), StandardCharsets.UTF_8))
                .containsExactly(
                        "bitcoin-usd {\"usd\":67187.3358936566,\"eur\":null,"
                                + "\"last_updated_at\":1711356300}",
                        "shiba-inu-usd {\"usd\":1.2e-08,\"eur\":1.1e-08}",
                        "shiba-inu-eur {\"usd\":1.2e-08,\"eur\":1.1e-08}",
                        "status-usd {\"usd\":0.02}");
        assertThat(cut.nulls()).isEqualTo(1);
        assertThat(cut.absent()).containsExactly("status-eur", "nosuch");
    }

    @Test
    void pricesAreGoodEvenThoseOfACoinCalledStatus() {
        assertThat(judged(200, BODY)).isEqualTo(new PollVerdict.Good());
        assertThat(judged(200, "{}")).isEqualTo(new PollVerdict.Good());
    }

    @Test
    void brokenLimitsAreToldInAnyShape() {
        PollVerdict tooMany = new PollVerdict.TooMany(Duration.ofSeconds(7));
        assertThat(judged(429, "<html>")).isEqualTo(tooMany);
        assertThat(judged(429, "{\"status\":{\"error_code\":429}}")).isEqualTo(tooMany);
        assertThat(judged(200, "{\"status\":{\"error_code\":429}}")).isEqualTo(tooMany);
    }

    @Test
    void outagesAndPagesOfHtmlAreTriedAgain() {
        assertThat(List.of(judged(200, "<html>"), judged(403, "error code: 1020"), judged(502, "")))
                .allMatch(PollVerdict.Transient.class::isInstance);
        assertThat(judged(503, "{\"status\":{\"error_code\":503}}"))
                .isInstanceOf(PollVerdict.Transient.class);
        assertThat(judged(408, "{}")).isEqualTo(new PollVerdict.Transient("code 408"));
        assertThat(judged(200, "{\"bitcoin\":{")).isInstanceOf(PollVerdict.Transient.class);
    }

    @Test
    void wrongKeysAndPlansAreRefusals() {
        assertThat(
                        judged(
                                401,
                                "{\"status\":{\"error_code\":10002,\"error_message\":"
                                        + "\"API Key Missing\"}}"))
                .isEqualTo(new PollVerdict.Refused(10002, "API Key Missing"));
        assertThat(
                        judged(
                                400,
                                "{\"timestamp\":\"x\",\"error_code\":10011,\"status\":"
                                        + "{\"error_message\":\"use api.coingecko.com\"}}"))
                .isEqualTo(new PollVerdict.Refused(10011, "use api.coingecko.com"));
        assertThat(judged(401, "{\"error\":{\"status\":{\"error_code\":10010}}}"))
                .isEqualTo(new PollVerdict.Refused(10010, ""));
        assertThat(judged(422, "{\"error\":\"Missing parameter vs_currencies\"}"))
                .isEqualTo(new PollVerdict.Refused(422, "Missing parameter vs_currencies"));
    }

    private static PollVerdict judged(int status, String body) {
        return PriceVerdict.of(new PollAnswer(status, Duration.ofSeconds(7), utf8(body), 1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
