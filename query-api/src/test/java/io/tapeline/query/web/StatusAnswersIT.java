package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.BookCount;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.LineCounts;
import io.tapeline.schemas.proto.LineStatus;
import io.tapeline.schemas.proto.PartitionLag;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the API says of itself: its status, its problems, its document. */
final class StatusAnswersIT extends AskedApi {

    @Test
    void theStatusAddsUpWhatThePartsSay() {
        aggregator.on(
                "/internal/status",
                AggregatorStatus.newBuilder()
                        .setInstance("agg-1")
                        .setState("RUNNING")
                        .setPrices(12)
                        .addBooks(BookCount.newBuilder().setState("LIVE").setBooks(11))
                        .addLags(
                                PartitionLag.newBuilder()
                                        .setTopic("raw.depth")
                                        .setPartition(1)
                                        .setPosition(90)
                                        .setEnd(100))
                        .setNewestEventUs(EVENT.value())
                        .putCounters("applied", 5)
                        .addLines(counts("a", "depth", 100, 60))
                        .addLines(counts("a", "klines", 10, 6))
                        .addLines(counts("b", "depth", 90, 30))
                        .addLines(counts("rest", "depth", 3, 3))
                        .build());
        ingestor.on(
                "/internal/status",
                IngestorStatus.newBuilder()
                        .setInstance("ing-1")
                        .addLines(
                                LineStatus.newBuilder()
                                        .setLine("a")
                                        .setVenue("binance")
                                        .setConnections(2)
                                        .setStreams(30)
                                        .setNewestFrameUs(EVENT.value())
                                        .setState("STREAMING"))
                        .build());
        assertThat(ageless(api.get("/v1/status")))
                .startsWith(
                        "{\"lines\":[{\"line\":\"a\",\"venue\":\"binance\",\"state\":\"STREAMING\","
                                + "\"connections\":2,\"streams\":30,"
                                + "\"newestFrame\":\"2024-08-09T00:00:01.500Z\","
                                + "\"newestFrameAgeMs\":0,\"instance\":\"ing-1\","
                                + "\"received\":110,\"first\":66,\"missed\":4,\"kinds\":["
                                + kind("depth", 100, 60)
                                + ","
                                + kind("klines", 10, 6)
                                + "]},{\"line\":\"b\",\"venue\":\"binance\","
                                + "\"state\":\"UNREPORTED\",\"connections\":0,\"streams\":0,"
                                + "\"newestFrame\":null,\"newestFrameAgeMs\":null,\"instance\":\"\","
                                + "\"received\":90,\"first\":30,\"missed\":2,\"kinds\":["
                                + kind("depth", 90, 30)
                                + "]}],\"books\":{\"LIVE\":11},\"lag\":{\"records\":10,\"partitions\":"
                                + "[{\"topic\":\"raw.depth\",\"partition\":1,\"position\":90,"
                                + "\"end\":100,\"lag\":10,\"instance\":\"agg-1\"}]},"
                                + "\"freshness\":{\"newestEvent\":\"2024-08-09T00:00:01.500Z\","
                                + "\"ageMs\":0},\"instruments\":0,\"history\":{\"state\":\"WAITING\"");
    }

    private static LineCounts counts(String line, String kind, long received, long first) {
        return LineCounts.newBuilder()
                .setVenue("binance")
                .setLine(line)
                .setKind(kind)
                .setReceived(received)
                .setFirst(first)
                .setDuplicates(received - first)
                .setMissed(2)
                .setMissedIds(7)
                .build();
    }

    private static String kind(String kind, long received, long first) {
        return "{\"kind\":\"%s\",\"received\":%d,\"first\":%d,\"duplicates\":%d,\"late\":0,\"held\":0,\"passedOver\":0,\"malformed\":0,\"missed\":2,\"missedIds\":7}"
                .formatted(kind, received, first, received - first);
    }

    @Test
    void partsThatDoNotAnswerAreNamed() {
        aggregator.on("/internal/status", 500, "");
        ingestor.on("/internal/status", 500, "");

        assertThat(api.get("/v1/status").body())
                .contains("\"lines\":[]", "\"records\":null")
                .endsWith(
                        "\"unreachable\":[{\"part\":\"aggregator\",\"address\":\""
                                + aggregator.address()
                                + "\"},{\"part\":\"ingestor\",\"address\":\""
                                + ingestor.address()
                                + "\"}]}");
    }

    @Test
    void anUnknownInstrumentIsAProblem() {
        HttpResponse<String> answer = api.get("/v1/books/binance/NOSUCH");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"type\":\"urn:tapeline:unknown-instrument\","
                                + "\"title\":\"Unknown instrument\",\"status\":404,"
                                + "\"detail\":\"No instrument binance:NOSUCH is known."
                                + " /v1/instruments lists those that are.\","
                                + asked(answer));
    }

    @Test
    void aStoreThatIsNotReadySaysWhenToComeBack() {
        aggregator.on(
                "/internal/books/binance/WAITUSDT?depth=100",
                503,
                new byte[0],
                Map.of("Retry-After", "7"));
        HttpResponse<String> answer = api.get("/v1/books/binance/WAITUSDT");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"type\":\"urn:tapeline:not-ready\",\"title\":\"Not ready\","
                                + "\"status\":503,\"detail\":\"No live answer: the aggregator's"
                                + " store is not ready.\","
                                + asked(answer));
    }

    @Test
    void theDocumentAndItsPageAreServedFromHere() {
        HttpResponse<String> document = api.get("/openapi.json");
        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(document.body())
                .contains("\"openapi\":\"3.1")
                .contains("/v1/books/{venue}/{symbol}/quote")
                .contains("/v1/stream");
        HttpResponse<String> docs = api.get("/docs");
        assertThat(docs.statusCode()).isEqualTo(302);
        String page = docs.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> html = api.get(page.replaceFirst("^https?://[^/]+", ""));
        assertThat(html.statusCode()).isEqualTo(200);
        assertThat(html.body()).doesNotContain("<script>").doesNotContain("https://");
    }
}
