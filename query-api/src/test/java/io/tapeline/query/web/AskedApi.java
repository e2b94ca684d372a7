package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.LatestPriceCodec;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The API over one aggregator and one ingestor that say what they are told to. */
abstract class AskedApi {

    @TempDir static Path directory;

    static final Instrument BTC = Instrument.binance("BTCUSDT");
    static final EpochMicros EVENT = EpochMicros.of(Instant.parse("2024-08-09T00:00:01.5Z"));
    static final Trust LIVE =
            Trust.newBuilder()
                    .setState("LIVE")
                    .setUpdateId(50093239218L)
                    .setEventTimeUs(EVENT.value())
                    .setTopic("tapeline.raw.depth")
                    .setPartition(3)
                    .setOffset(77)
                    .build();

    /** Without which no question is answered. */
    static final SharedSecret SECRET = new SharedSecret("0123456789abcdef");

    static FakeAggregator aggregator;
    static FakeAggregator ingestor;
    static Api api;

    @BeforeAll
    static void start() {
        aggregator = new FakeAggregator().ownsAll(6).asksFor(SECRET);
        ingestor = new FakeAggregator().asksFor(SECRET);
        api =
                Api.over(
                        directory,
                        aggregator,
                        "--tapeline.ingestor.urls=" + ingestor.url(),
                        "--tapeline.internal.secret=" + SECRET.text());
    }

    @AfterAll
    static void stop() {
        api.close();
        aggregator.close();
        ingestor.close();
    }

    static PriceAnswer price(String id, Trust trust) {
        return PriceAnswer.newBuilder()
                .setPrice(
                        LatestPriceCodec.toProto(
                                new LatestPrice(
                                        Instrument.parse(id),
                                        EVENT,
                                        Price.of("61855.3700"),
                                        Price.of("61855.36"),
                                        null,
                                        "ticker")))
                .setTrust(trust)
                .build();
    }

    /** The age is of the moment: any number of milliseconds. */
    static String ageless(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replaceAll("(AgeMs|ageMs)\":[0-9]+", "$1\":0");
    }

    /** A problem says under which id it stands in the log, as the header does. */
    static String asked(HttpResponse<String> answer) {
        return "\"requestId\":\""
                + answer.headers().firstValue("X-Request-Id").orElseThrow()
                + "\"}";
    }
}
