package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.aggregator.BookSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/sizing.md} reckons with: an aggregator and its standby each hold every book of
 * the exchange, and an aggregator whose heap is full ends, starts again, and is full again.
 */
class AggregatorMemoryTest {

    private static final long BYTES_A_LEVEL = 24;
    private static final long PAIRS = 2_200;

    /** The books, and half as much for all else. */
    private static final long NEEDED =
            PAIRS * 2 * BookSettings.USUAL.mostLevels() * BYTES_A_LEVEL * 3 / 2;

    private static final Pattern HEAP = Pattern.compile("-XX:MaxRAMPercentage=(\\d+)");

    private static long heap(long gibibytes) throws IOException {
        return (gibibytes << 30)
                * Long.parseLong(found(HEAP, DeployFiles.text("ops/image/assemble")))
                / 100;
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    @Test
    void the_heap_of_compose_holds_every_book_of_an_exchange_at_its_bound() throws IOException {
        for (String file : new String[] {".env.example", "docker-compose.yml"}) {
            String limit =
                    found(
                            Pattern.compile("AGGREGATOR_MEMORY(?:=|:-)(\\d+)g"),
                            DeployFiles.text(file));
            assertThat(heap(Long.parseLong(limit))).as(file).isGreaterThanOrEqualTo(NEEDED);
        }
    }

    @Test
    void the_heap_of_kubernetes_holds_every_book_of_an_exchange_at_its_bound() throws IOException {
        Path file = DeployFiles.ROOT.resolve("ops/k8s/base/aggregator.yaml");
        String limits =
                DeployFiles.yaml(file).stream()
                        .filter(document ->
                                document.path("kind").asString("").equals("StatefulSet"))
                        .map(set ->
                                set.at("/spec/template/spec/containers/0/resources/limits/memory")
                                        .asString(""))
                        .findFirst()
                        .orElse("");
        String limit = found(Pattern.compile("^(\\d+)Gi$"), limits);
        assertThat(heap(Long.parseLong(limit))).isGreaterThanOrEqualTo(NEEDED);
    }
}
