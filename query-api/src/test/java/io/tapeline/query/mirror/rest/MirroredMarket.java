package io.tapeline.query.mirror.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.history.Minutes;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.InstrumentStatus;
import io.tapeline.schemas.proto.Trust;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The mirror over a market of some pairs, and how it is asked. */
abstract class MirroredMarket {

    static final Instrument BTC = Minutes.BTC;
    static final Instrument ETH = Minutes.ETH;
    static final EpochMicros EVENT = Minutes.at("2024-08-09T00:00:01Z");
    static final Trust LIVE =
            Trust.newBuilder()
                    .setState("LIVE")
                    .setUpdateId(50_093_239_218L)
                    .setEventTimeUs(EVENT.value())
                    .build();
    static final List<Integer> ALL = List.of(0, 1, 2);

    @TempDir static Path directory;

    static MirrorServer server;

    @BeforeAll
    static void start() {
        server = new MirrorServer(directory);
        list("BTCUSDT", "TRADING", true);
        list("ETHUSDT", "TRADING", true);
        list("LTCUSDT", "TRADING", false);
        list("XRPUSDT", "BREAK", true);
        list("币安人生USDT", "TRADING", true);
        InstrumentInfo gone =
                info("OLDUSDT", "BREAK", true)
                        .setStatus(InstrumentStatus.INSTRUMENT_STATUS_DELISTED)
                        .build();
        server.registry.put(Instrument.binance("OLDUSDT"), gone);
        server.registry.put(
                Instrument.parse("deribit:btc_usd"),
                InstrumentInfo.newBuilder().setInstrument("deribit:btc_usd").build());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static void list(String symbol, String status, boolean streamed) {
        server.registry.put(Instrument.binance(symbol), info(symbol, status, streamed).build());
    }

    static InstrumentInfo.Builder info(String symbol, String status, boolean streamed) {
        return InstrumentInfo.newBuilder()
                .setInstrument("binance:" + symbol)
                .setStatus(
                        status.equals("TRADING")
                                ? InstrumentStatus.INSTRUMENT_STATUS_TRADING
                                : InstrumentStatus.INSTRUMENT_STATUS_HALTED)
                .setVenueStatus(status)
                .setStreamed(streamed)
                .setVenueRules(rules(symbol, status));
    }

    static String rules(String symbol, String status) {
        return "{\"symbol\":\"%s\",\"status\":\"%s\",\"permissionSets\":[[\"SPOT\"%s]]}"
                .formatted(symbol, status, symbol.startsWith("BTC") ? ",\"MARGIN\"" : "");
    }

    static String ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/json;charset=UTF-8");
        return answer.body();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
