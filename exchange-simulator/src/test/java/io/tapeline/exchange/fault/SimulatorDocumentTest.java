package io.tapeline.exchange.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/simulator.md} names every fault and its parameters, and its examples work. */
class SimulatorDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "simulator.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| ([^|]*)\\|");
    private static final Pattern PARAMETER = Pattern.compile("`([a-z]+)`");

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }

    @Test
    void theTableNamesEveryFaultAndItsParameters() throws IOException {
        Map<String, List<String>> documented = new TreeMap<>();
        ROW.matcher(document())
                .results()
                .forEach(row ->
                        documented.put(
                                row.group(1),
                                PARAMETER
                                        .matcher(row.group(2))
                                        .results()
                                        .map(r -> r.group(1))
                                        .toList()));
        Map<String, List<String>> known = new TreeMap<>();
        FaultKind.kinds().forEach(kind -> known.put(kind.name(), kind.parameters()));
        assertThat(documented).isEqualTo(known);
    }

    @Test
    void theExamplesAreScripts() throws IOException {
        List<MatchResult> scripts =
                Pattern.compile("(?s)```faults\\n(.*?)```").matcher(document()).results().toList();
        assertThat(scripts).isNotEmpty();
        scripts.forEach(
                script -> assertThat(FaultScript.parse(script.group(1)).lines()).isNotEmpty());
    }
}
