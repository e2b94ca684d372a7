package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Input;
import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One parameter's text of a request to {@code /v1}, read as each of the kinds: it is within its
 * bounds, or ends the request with a problem. An input's first byte chooses the kind.
 */
public final class ParametersFuzz implements Target {

    private static final String QUESTION = "/v1/prices binance";

    private static final List<Consumer<String>> KINDS =
            List.of(
                    ParametersFuzz::time,
                    ParametersFuzz::cursor,
                    ParametersFuzz::position,
                    ParametersFuzz::instrument,
                    ParametersFuzz::number,
                    ParametersFuzz::decimal,
                    ParametersFuzz::list,
                    text -> assertThat(Parameters.interval(text)).isNotNull(),
                    text -> LiveQuestion.ofParameters("price", text));

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of(0, "2024-08-09T00:00:00.123456789+02:00"),
                Input.of(0, "2100-01-01T00:00:00Z"),
                Input.of(1, Cursor.of(QUESTION, "binance:BTCUSDT")),
                Input.of(2, Cursor.of(QUESTION, "1723161300000000")),
                Input.of(2, Cursor.of(QUESTION, "٣٣")),
                Input.of(3, "binance:币安USDT"),
                Input.of(4, "5000"),
                Input.of(5, "61855.30"),
                Input.of(6, "a,b,c"),
                Input.of(7, "1M"),
                Input.of(8, "binance:BTCUSDT,deribit:btc_usd"));
    }

    @Override
    public void read(byte[] input) {
        Input in = new Input(input);
        int kind = in.below(KINDS.size());
        try {
            KINDS.get(kind).accept(in.text());
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(String.valueOf(e.getMessage()).length()).isLessThan(1_000);
        }
    }

    private static void time(String text) {
        EpochMicros time = Parameters.time("from", text);
        assertThat(time).isNotNull();
        assertThat(time.value()).isBetween(0L, 4_102_444_800_000_000L);
        assertThat(Times.text(time.toInstant())).isEqualTo(time.toInstant().toString());
    }

    private static void cursor(String text) {
        String position = Cursor.read(QUESTION, text);
        assertThat(Cursor.read(QUESTION, Cursor.of(QUESTION, String.valueOf(position))))
                .isEqualTo(position);
    }

    private static void position(String text) {
        EpochMicros position = Positions.time(QUESTION, text);
        assertThat(position).isNotNull();
        assertThat(position.value()).isBetween(0L, 9_999_999_999_999_999L);
    }

    private static void instrument(String text) {
        Instrument instrument = Parameters.instrumentId("instruments", text);
        assertThat(Instrument.parse(instrument.id())).isEqualTo(instrument);
        assertThat(instrument.id()).isEqualTo(text);
    }

    private static void number(String text) {
        assertThat(Parameters.number("limit", text, 1, 1_000, 100)).isBetween(1, 1_000);
    }

    private static void decimal(String text) {
        assertThat(Parameters.positive("price", text)).isGreaterThan(Decimal.ZERO);
    }

    private static void list(String text) {
        Set<String> list = Parameters.list("types", text, 100);
        assertThat(list).isNotEmpty().hasSizeLessThanOrEqualTo(100).doesNotContain("");
    }
}
