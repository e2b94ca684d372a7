package io.tapeline.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Api;
import io.tapeline.query.routing.FakeAggregator;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.Trust;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a browser, a reader of the document and a monitor find at the front. */
final class PublicFaceIT {

    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>");
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"((?:js|css)/[^\"]+)\"");

    @TempDir private static Path directory;

    private static FakeAggregator aggregator;
    private static Api api;

    @BeforeAll
    static void start() {
        aggregator = new FakeAggregator().ownsAll(6);
        api =
                Api.over(
                        directory,
                        aggregator,
                        "--tapeline.stream.subscribers=1",
                        "--tapeline.guard.weight-per-minute=1000000",
                        "--spring.main.cloud-platform=kubernetes",
                        "--tapeline.cache.live=2s");
    }

    @AfterAll
    static void stop() {
        api.close();
        aggregator.close();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** Where it runs does not matter: the framework would believe private addresses there. */
    @Test
    void whoIsNoTrustedProxyNamesNoClient() {
        api.get("/v1/status", "X-Forwarded-For", "203.0.113.1");
        HttpResponse<String> other = api.get("/v1/status", "X-Forwarded-For", "203.0.113.2");
        assertThat(Integer.parseInt(header(other, "X-Used-Weight-1M"))).isGreaterThan(10);
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }

    @Test
    void thePageRunsNoScriptThatIsNotAFileOfOurs() {
        HttpResponse<String> page = api.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Content-Security-Policy"))
                .isEqualTo(
                        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action"
                                + " 'none'; frame-ancestors 'none'");
        assertThat(all(SCRIPT, page.body(), 2)).isNotEmpty().containsOnly("");
        assertThat(all(SCRIPT, page.body(), 1)).allMatch(tag -> tag.contains("src=\"js/"));
        assertThat(page.body())
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("\\sstyle=")
                .doesNotContain("<style")
                .doesNotContain("javascript:");
    }

    @Test
    void thePageAndItsFilesAreAskedForAgainAndAnsweredOnlyWhereTheyChanged() {
        List<String> assets = new ArrayList<>(all(ASSET, api.get("/").body(), 1));
        assertThat(assets).contains("js/main.js", "css/page.css");
        assets.add("");
        for (String asset : assets) {
            HttpResponse<String> first = api.get("/" + asset);
            assertThat(first.statusCode()).as(asset).isEqualTo(200);
            assertThat(header(first, "Cache-Control")).as(asset).isEqualTo("no-cache");
            assertThat(header(first, "X-Content-Type-Options")).as(asset).isEqualTo("nosniff");
            HttpResponse<String> again =
                    api.get("/" + asset, "If-Modified-Since", header(first, "Last-Modified"));
            assertThat(again.statusCode()).as(asset).isEqualTo(304);
            assertThat(again.body()).as(asset).isEmpty();
        }
    }

    @Test
    void aLongAnswerIsCompressedAndOneThatStillHoldsIsNotSentAgain() {
        HttpResponse<String> plain = api.get("/openapi.json");
        assertThat(header(plain, "Content-Encoding")).isEmpty();
        HttpResponse<String> packed = api.get("/openapi.json", "Accept-Encoding", "gzip");
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body().length()).isLessThan(plain.body().length() / 4);
        String tag = header(packed, "ETag");
        assertThat(tag).startsWith("W/").isEqualTo(header(plain, "ETag"));
        HttpResponse<String> again = api.get("/openapi.json", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void aLatestValueMayBeKeptForAsLongAsIsSetAndAProblemNever() {
        aggregator.on(
                "/internal/books/binance/KEPTUSDT?depth=100",
                BookAnswer.newBuilder().setInstrument("binance:KEPTUSDT").build());
        assertThat(header(api.get("/v1/books/binance/KEPTUSDT"), "Cache-Control"))
                .isEqualTo("public, max-age=2");
        assertThat(header(api.get("/v1/books/binance/NOSUCH"), "Cache-Control"))
                .isEqualTo("no-store");
        assertThat(header(api.get("/v1/instruments"), "Cache-Control"))
                .isEqualTo("public, max-age=10");
        assertThat(header(api.get("/v1/status"), "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void theReferenceIsAPageOfOurFilesAlone() {
        HttpResponse<String> page = api.get("/redoc");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(all(SCRIPT, page.body(), 2)).hasSize(2).containsOnly("");
        assertThat(page.body()).doesNotContain("http:").doesNotContain("https:");
        assertThat(header(page, "Content-Security-Policy")).startsWith("default-src 'self'");
        assertThat(api.get("/redoc/lib/redoc.standalone.js").statusCode()).isEqualTo(200);
    }

    @Test
    void theDocsLeadToSwaggerUi() {
        HttpResponse<String> docs = api.get("/docs");
        assertThat(docs.statusCode()).isEqualTo(302);
        assertThat(header(docs, "Location")).endsWith("/swagger-ui/index.html");
        HttpResponse<String> ui = api.get("/swagger-ui/index.html");
        assertThat(ui.statusCode()).isEqualTo(200);
        assertThat(all(SCRIPT, ui.body(), 2)).isNotEmpty().allMatch(String::isBlank);
        assertThat(header(ui, "Content-Security-Policy")).contains("default-src 'self'");
    }

    @Test
    void theDocumentNamesEveryPathAndWhatItsWordsMean() {
        HttpResponse<String> answer = api.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).startsWith("application/json");
        JsonNode document = JsonMapper.shared().readTree(answer.body());
        assertThat(document.get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/ping",
                        "/v1/instruments",
                        "/v1/prices",
                        "/v1/prices/{venue}/{symbol}",
                        "/v1/prices/{venue}/{symbol}/history",
                        "/v1/tickers/{venue}/{symbol}",
                        "/v1/klines/{venue}/{symbol}",
                        "/v1/books/{venue}/{symbol}",
                        "/v1/books/{venue}/{symbol}/levels/{price}",
                        "/v1/books/{venue}/{symbol}/volume",
                        "/v1/books/{venue}/{symbol}/quote",
                        "/v1/gaps",
                        "/v1/completeness/{venue}/{symbol}",
                        "/v1/collections",
                        "/v1/collections/{id}",
                        "/v1/stream",
                        "/v1/ws",
                        "/v1/status");
        JsonNode schemas = document.get("components").get("schemas");
        for (String shape : List.of("Price", "Ticker", "Book", "Level", "Volume", "Quote")) {
            assertThat(said(schemas, shape, "state"))
                    .as(shape)
                    .contains("LIVE", "RESYNCING", "STALE");
        }
        assertThat(said(schemas, "Candle", "complete")).contains("Every minute is in it");
        assertThat(said(schemas, "Candle", "closed")).contains("No trade can change it");
    }

    private static String said(JsonNode schemas, String shape, String property) {
        return schemas.get(shape).get("properties").get(property).get("description").asString();
    }

    @Test
    void aRestoredBookWithoutAnEventIsStaleAndHasNoAge() {
        aggregator.on(
                "/internal/books/binance/OLDUSDT?depth=100",
                BookAnswer.newBuilder()
                        .setInstrument("binance:OLDUSDT")
                        .setTrust(Trust.newBuilder().setState("STALE").setUpdateId(9))
                        .build());
        HttpResponse<String> answer = api.get("/v1/books/binance/OLDUSDT");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"state\":\"STALE\",\"updateId\":9,\"eventTime\":null,\"ageMs\":null");
    }

    /** There is one place: whatever keeps it would leave none for the next. */
    @Test
    void askingForTheHeadOfAStreamOrOfAnUnknownInstrumentTakesNoPlace() throws Exception {
        HttpResponse<String> head = api.send("HEAD", "/v1/stream");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Type")).startsWith("text/event-stream");
        assertThat(api.get("/v1/stream?instruments=binance:NOSUCH").statusCode()).isEqualTo(404);

        HttpResponse<InputStream> first = api.open("/v1/stream");
        try (InputStream events = first.body()) {
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(events.read()).isEqualTo('r');
            int asked = aggregator.asked().size();
            assertThat(api.get("/v1/stream?instruments=binance:NOSUCH").statusCode())
                    .isEqualTo(503);
            assertThat(aggregator.asked()).hasSize(asked);
        }
    }
}
