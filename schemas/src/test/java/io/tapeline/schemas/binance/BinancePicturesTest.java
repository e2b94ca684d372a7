package io.tapeline.schemas.binance;

import static io.tapeline.schemas.binance.Records.BTCUSDT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.DepthPicture;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.PictureSource;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinancePicturesTest {

    private static DepthMessage decode(String stream, String payload) throws MalformedPayload {
        return BinanceDepth.decode(Records.stream(stream, payload));
    }

    private static Levels level(String price, String quantity) {
        return Levels.of(List.of(Price.of(price)), List.of(Quantity.of(quantity)));
    }

    @Test
    void bestBidAndAskAreAPictureOfOneLevelASide() throws MalformedPayload {
        assertThat(decode("btcusdt@bookTicker", Payloads.BOOK_TICKER))
                .isEqualTo(
                        new DepthPicture(
                                BTCUSDT,
                                PictureSource.BOOK_TICKER,
                                50_093_239_218L,
                                level("61837.63", "3.78826"),
                                level("61837.64", "1.6052"),
                                1));
    }

    @ParameterizedTest
    @CsvSource({
        "btcusdt@depth20, 20",
        "btcusdt@depth20@100ms, 20",
        "btcusdt@depth10, 10",
        "btcusdt@depth5@100ms, 5"
    })
    void theBestFewLevelsAreAPictureOfAsManyAsTheStreamIsNamedFor(String stream, int limit)
            throws MalformedPayload {
        assertThat(decode(stream, Payloads.DEPTH))
                .isEqualTo(
                        new DepthPicture(
                                BTCUSDT,
                                PictureSource.PARTIAL_DEPTH,
                                50_093_239_218L,
                                Levels.of(
                                        List.of(Price.of("61837.63"), Price.of("61837.62")),
                                        List.of(Quantity.of("3.78826"), Quantity.of("0.617"))),
                                level("61837.64", "1.6052"),
                                limit));
    }

    @Test
    void anAnswerThatWasAskedForByTheAuditIsAPictureAndNoSnapshot() throws MalformedPayload {
        assertThat(decode("rest/depth?limit=100&purpose=audit", Payloads.DEPTH))
                .isInstanceOfSatisfying(
                        DepthPicture.class,
                        picture -> {
                            assertThat(picture.source()).isEqualTo(PictureSource.SNAPSHOT);
                            assertThat(picture.limit()).isEqualTo(100);
                        });
    }

    @Test
    void aSideOnWhichNothingRestsIsEmptyAndTellsNothing() throws MalformedPayload {
        DepthPicture picture =
                (DepthPicture)
                        decode(
                                "btcusdt@bookTicker",
                                """
                                {"u":5,"s":"BTCUSDT","b":"0.00000000","B":"0.00000000","a":"2","A":"1"}\
                                """);

        assertThat(picture.bids()).isEqualTo(Levels.EMPTY);
        assertThat(picture.isWhole(Side.BID)).isFalse();
        assertThat(picture.isWhole(Side.ASK)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"u\":5,\"s\":\"ETHUSDT\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}",
                "{\"u\":5,\"s\":\"BTCUSDT\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\"}",
                "{\"u\":-5,\"s\":\"BTCUSDT\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}",
                "{\"lastUpdateId\":5,\"bids\":[],\"asks\":[]}"
            })
    void whatIsNoBookTickerIsMalformed(String payload) {
        assertThatThrownBy(() -> decode("btcusdt@bookTicker", payload))
                .isInstanceOf(MalformedPayload.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "btcusdt@depth20; {\"lastUpdateId\":5,\"bids\":[]}",
                "btcusdt@depth20; {\"bids\":[],\"asks\":[]}",
                "btcusdt@depth20; {\"lastUpdateId\":-5,\"bids\":[],\"asks\":[]}",
                "btcusdt@depth7; {\"lastUpdateId\":5,\"bids\":[],\"asks\":[]}"
            })
    void whatIsNoPartialDepthIsMalformed(String stream, String payload) {
        assertThatThrownBy(() -> decode(stream, payload)).isInstanceOf(MalformedPayload.class);
    }
}
