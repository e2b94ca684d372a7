package io.tapeline.query.mirror.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.Minutes;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The exchange's REST paths: every refusal, units of times, weights, the pairs, and candles. */
final class RestMirrorIT extends MirroredMarket {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    depth?symbol=btcusdt|400|-1100|Illegal characters found in parameter 'symbol'; legal range is '^[\\w-_.&&[^a-z]]{1,50}$'.
                    depth?symbol=%C3%28|400|-1100|Illegal characters found in parameter 'symbol'; legal range is '^[\\w-_.&&[^a-z]]{1,50}$'.
                    depth?symbol=BTCUSDT&limit=x|400|-1100|Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.
                    klines?symbol=BTCUSDT&interval=1m&startTime=-1|400|-1100|Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.
                    ticker/price?symbols=%5B%22btc%22%5D|400|-1100|Illegal characters found in parameter 'symbols'; legal range is '^[\\w-_.&&[^a-z]]{1,50}$'.
                    ping?a=1|400|-1101|Too many parameters; expected '0' and received '1'.
                    time?a=1&b=2|400|-1101|Too many parameters; expected '0' and received '2'.
                    depth?symbol=BTCUSDT&symbol=BTCUSDT|400|-1101|Duplicate values for a parameter detected.
                    depth|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.
                    depth?symbol=|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.
                    klines?symbol=BTCUSDT|400|-1102|Mandatory parameter 'interval' was not sent, was empty/null, or malformed.
                    trades|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.
                    depth?symbol=BTCUSDT&colour=red|400|-1104|Not all sent parameters were read; read '1' parameter(s) but was sent '2'.
                    depth?symbol=BTCUSDT&limit=|400|-1105|Parameter 'limit' was empty.
                    depth?symbol=BTCUSDT&limit=99999999999999999999|400|-1108|Parameter 'limit' overflowed.
                    klines?symbol=BTCUSDT&interval=2m|400|-1120|Invalid interval.
                    klines?symbol=BTCUSDT&interval=1s|400|-1120|Invalid interval.
                    klines?symbol=BTCUSDT&interval=1H|400|-1120|Invalid interval.
                    depth?symbol=NOSUCH|400|-1121|Invalid symbol.
                    depth?symbol=OLDUSDT|400|-1121|Invalid symbol.
                    klines?symbol=NOSUCH&interval=1m|400|-1121|Invalid symbol.
                    aggTrades?symbol=NOSUCH|400|-1121|Invalid symbol.
                    exchangeInfo?symbol=NOSUCH|400|-1121|Invalid symbol.
                    ticker/price?symbols=%5B%22BTCUSDT%22,%22NOSUCH%22%5D|400|-1121|Invalid symbol.
                    exchangeInfo?symbolStatus=ASLEEP|400|-1122|Invalid symbolStatus.
                    ticker/24hr?symbolStatus=END_OF_DAY|400|-1122|Invalid symbolStatus.
                    depth?symbol=BTCUSDT&symbolStatus=trading|400|-1122|Invalid symbolStatus.
                    ticker/price?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D|400|-1128|Combination of optional parameters invalid.
                    exchangeInfo?symbol=BTCUSDT&symbolStatus=TRADING|400|-1128|Combination of optional parameters invalid.
                    exchangeInfo?symbol=BTCUSDT&permissions=SPOT|400|-1128|Combination of optional parameters invalid.
                    exchangeInfo?symbols=%5B%22BTCUSDT%22%5D&permissions=SPOT|400|-1128|Combination of optional parameters invalid.
                    depth?symbol=BTCUSDT&limit=0|400|-1130|Data sent for parameter 'limit' is not valid.
                    ticker/price?symbols=BTCUSDT|400|-1130|Data sent for parameter 'symbols' is not valid.
                    ticker/price?symbols=%5B%5D|400|-1130|Data sent for parameter 'symbols' is not valid.
                    ticker/price?symbols=%5B1%5D|400|-1130|Data sent for parameter 'symbols' is not valid.
                    exchangeInfo?permissions=spot|400|-1130|Data sent for parameter 'permissions' is not valid.
                    exchangeInfo?showPermissionSets=maybe|400|-1130|Data sent for parameter 'showPermissionSets' is not valid.
                    klines?symbol=BTCUSDT&interval=1m&timeZone=15|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    klines?symbol=BTCUSDT&interval=1m&timeZone=noon|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    klines?symbol=BTCUSDT&interval=1d&timeZone=8|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    klines?symbol=BTCUSDT&interval=1h&timeZone=5:30|400|-1130|Data sent for parameter 'timeZone' is not valid.
                    ticker/24hr?symbol=BTCUSDT&type=HUGE|400|-1139|Invalid ticker type.
                    ticker/price?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D|400|-1151|Symbol is present multiple times in the list.
                    depth?symbol=BTCUSDT&symbolStatus=HALT|400|-1220|The symbol's status does not match the requested symbolStatus.
                    ticker/price?symbol=XRPUSDT&symbolStatus=TRADING|400|-1220|The symbol's status does not match the requested symbolStatus.
                    trades?symbol=BTCUSDT|400|-1020|This operation is not supported.
                    historicalTrades?symbol=BTCUSDT&fromId=1|400|-1020|This operation is not supported.
                    aggTrades?symbol=BTCUSDT&limit=10|400|-1020|This operation is not supported.
                    avgPrice?symbol=BTCUSDT|400|-1020|This operation is not supported.
                    depth?symbol=LTCUSDT|400|-1020|This operation is not supported.
                    account|404|-1020|This operation is not supported.
                    ticker|404|-1020|This operation is not supported.
                    depth/more?symbol=BTCUSDT|404|-1020|This operation is not supported.
                    depth?symbol=ETHUSDT|503|-1001|Internal error; unable to process your request. Please try again.
                    """)
    void mistakesAreAnsweredInTheExchangesWords(
            String target, int status, int code, String message) {
        HttpResponse<String> answer = server.get(target);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"code\":"
                                + code
                                + ",\"msg\":"
                                + JsonMapper.shared().writeValueAsString(message)
                                + "}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-MBX-USED-WEIGHT-1M")).isPresent();
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @Test
    void timesAreOfTheUnitThatTheHeaderAsksFor() {
        assertThat(ok(server.get("time"))).isEqualTo("{\"serverTime\":1723161601500}");
        assertThat(ok(server.get("time", "X-MBX-TIME-UNIT", "MICROSECOND")))
                .isEqualTo("{\"serverTime\":1723161601500250}");
        HttpResponse<String> wrong = server.get("time", "X-MBX-TIME-UNIT", "NANOSECOND");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .isEqualTo(
                        "{\"code\":-1194,\"msg\":\"Invalid value for time unit; expected either"
                                + " MICROSECOND or MILLISECOND.\"}");
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        assertThat(ok(server.get("ping"))).isEqualTo("{}");
        HttpResponse<String> posted = server.send("POST", "ping");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(posted.body())
                .isEqualTo("{\"code\":-1020,\"msg\":\"This operation is not supported.\"}");
        HttpResponse<String> head = server.send("HEAD", "ping");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void eachRequestTellsTheWeightUsed() {
        long before = used(server.get("ping"));
        assertThat(used(server.get("exchangeInfo"))).isEqualTo(before + 20);
        assertThat(used(server.get("depth?symbol=NOSUCH&limit=5000"))).isEqualTo(before + 270);
    }

    private static long used(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("X-MBX-USED-WEIGHT"))
                .isEqualTo(answer.headers().firstValue("X-MBX-USED-WEIGHT-1M"));
        return Long.parseLong(answer.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
    }

    private static final String INFO_HEAD =
            "{\"timezone\":\"UTC\",\"serverTime\":1723161601500,\"rateLimits\":["
                    + "{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\","
                    + "\"intervalNum\":1,\"limit\":6000},"
                    + "{\"rateLimitType\":\"RAW_REQUESTS\",\"interval\":\"MINUTE\","
                    + "\"intervalNum\":5,\"limit\":300000}],"
                    + "\"exchangeFilters\":[],\"symbols\":[";

    @Test
    void exchangeInfoTellsThePairsInTheExchangesOwnWords() {
        String btc = rules("BTCUSDT", "TRADING");
        String eth = rules("ETHUSDT", "TRADING");
        assertThat(ok(server.get("exchangeInfo?symbol=BTCUSDT"))).isEqualTo(INFO_HEAD + btc + "]}");
        assertThat(ok(server.get("exchangeInfo?symbols=" + encoded("[\"ETHUSDT\",\"BTCUSDT\"]"))))
                .isEqualTo(INFO_HEAD + eth + "," + btc + "]}");
        assertThat(ok(server.get("exchangeInfo")))
                .isEqualTo(
                        INFO_HEAD
                                + btc
                                + ","
                                + eth
                                + ","
                                + rules("LTCUSDT", "TRADING")
                                + ","
                                + rules("XRPUSDT", "BREAK")
                                + ","
                                + rules("币安人生USDT", "TRADING")
                                + "]}");
        assertThat(ok(server.get("exchangeInfo?symbolStatus=BREAK")))
                .isEqualTo(INFO_HEAD + rules("XRPUSDT", "BREAK") + "]}");
        assertThat(ok(server.get("exchangeInfo?permissions=MARGIN")))
                .isEqualTo(INFO_HEAD + btc + "]}");
        assertThat(
                        ok(
                                server.get(
                                        "exchangeInfo?permissions="
                                                + encoded("[\"MARGIN\",\"LEVERAGED\"]"))))
                .isEqualTo(INFO_HEAD + btc + "]}");
        assertThat(ok(server.get("exchangeInfo?symbol=BTCUSDT&showPermissionSets=false")))
                .isEqualTo(INFO_HEAD + "{\"symbol\":\"BTCUSDT\",\"status\":\"TRADING\"}]}");
        assertThat(ok(server.get("exchangeInfo?symbol=" + encoded("币安人生USDT"))))
                .isEqualTo(INFO_HEAD + rules("币安人生USDT", "TRADING") + "]}");
    }

    @Test
    void candlesComeInTheRangeThatIsAskedFor() {
        EpochMicros start = Minutes.at("2024-08-08T00:00:00Z");
        List<Candle> minutes = Minutes.random(new Random(6), BTC, start, 1_440);
        server.recorded.put(BTC, minutes);
        long first = start.toMillis();
        long minute = 60_000;
        String query = "klines?symbol=BTCUSDT&interval=1m&limit=3";
        assertThat(opens(query)).containsExactly(lastMinutes(first, 3));
        assertThat(opens(query + "&startTime=" + first))
                .containsExactly(first, first + minute, first + 2 * minute);
        assertThat(opens(query + "&startTime=" + (first + 1)))
                .containsExactly(first + minute, first + 2 * minute, first + 3 * minute);
        assertThat(opens(query + "&endTime=" + (first + 5 * minute)))
                .containsExactly(first + 3 * minute, first + 4 * minute, first + 5 * minute);
        assertThat(opens(query + "&endTime=" + (first + 5 * minute - 1)))
                .containsExactly(first + 2 * minute, first + 3 * minute, first + 4 * minute);
        assertThat(
                        opens(
                                "klines?symbol=BTCUSDT&interval=1m&startTime="
                                        + first
                                        + "000&endTime="
                                        + (first + minute)
                                        + "000"))
                .as("microseconds")
                .containsExactly(first, first + minute);
        assertThat(opens(query + "&startTime=" + (first + 1) + "&endTime=" + first)).isEmpty();
        assertThat(opens("klines?symbol=BTCUSDT&interval=1m")).hasSize(500);
        assertThat(opens("uiKlines?symbol=BTCUSDT&interval=1m&limit=1001")).hasSize(1_000);
        assertThat(opens("klines?symbol=BTCUSDT&interval=1M")).hasSize(1);
        assertThat(opens("klines?symbol=BTCUSDT&interval=1h&limit=2&timeZone=-3"))
                .containsExactly(first + 22 * 60 * minute, first + 23 * 60 * minute);
        assertThat(opens("klines?symbol=ETHUSDT&interval=1m")).isEmpty();
        assertThat(opens("klines?symbol=BTCUSDT&interval=1m&startTime=9223372036854775807"))
                .isEmpty();
    }

    private static Long[] lastMinutes(long first, int count) {
        Long[] opens = new Long[count];
        for (int i = 0; i < count; i++) {
            opens[i] = first + (1_440L - count + i) * 60_000;
        }
        return opens;
    }

    private static List<Long> opens(String target) {
        List<Long> opens = new ArrayList<>();
        JsonMapper.shared()
                .readTree(ok(server.get(target)))
                .forEach(row -> {
                    assertThat(row.size()).isEqualTo(12);
                    opens.add(row.get(0).longValue());
                });
        return opens;
    }
}
