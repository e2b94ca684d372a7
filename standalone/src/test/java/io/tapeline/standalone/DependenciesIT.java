package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/dependencies.md} tells the libraries that are shipped, in the version that is, under
 * licences that are allowed. Run {@code ops/release/dependencies write} to write it anew.
 */
class DependenciesIT {

    private static final Path PAGE = Path.of("..", "docs", "dependencies.md");
    private static final Path ALLOWED = Path.of("..", "ops", "release", "licences");

    /** What the build copies for those who run it: its runtime class path. */
    private static final Path SHIPPED = Path.of("target", "lib");

    private static final Pattern ROW =
            Pattern.compile("^\\| `[^:`]+:([^`]+)` \\| (\\S+) \\| (.*) \\|$", Pattern.MULTILINE);

    private static List<MatchResult> rows() throws IOException {
        Matcher matcher = ROW.matcher(Files.readString(PAGE));
        return matcher.results().toList();
    }

    @Test
    void every_library_that_is_shipped_is_listed_in_its_version() throws IOException {
        Set<String> listed =
                rows().stream()
                        .map(row -> row.group(1) + "-" + row.group(2))
                        .collect(Collectors.toSet());
        assertThat(listed).as("rows of %s", PAGE).isNotEmpty();
        Set<String> missing = new TreeSet<>();
        try (Stream<Path> jars = Files.list(SHIPPED)) {
            jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.substring(0, name.length() - ".jar".length()))
                    .filter(name -> listed.stream().noneMatch(each -> isOf(name, each)))
                    .filter(name -> !ours().contains(name.replaceFirst("-[0-9].*", "")))
                    .forEach(missing::add);
        }
        assertThat(missing).as("shipped, and not in %s", PAGE).isEmpty();
    }

    /** A jar's name may end with a classifier. */
    private static boolean isOf(String jar, String library) {
        return jar.equals(library) || jar.startsWith(library + "-");
    }

    private static Set<String> ours() {
        return Set.of(
                "schemas",
                "embedded-kafka",
                "exchange-simulator",
                "ingestor",
                "aggregator",
                "query-api");
    }

    @Test
    void every_library_has_a_licence_that_is_allowed() throws IOException {
        Set<String> allowed =
                Files.readAllLines(ALLOWED).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .collect(Collectors.toSet());
        TreeMap<String, String> refused = new TreeMap<>();
        for (MatchResult row : rows()) {
            if (Arrays.stream(row.group(3).split(", ")).noneMatch(allowed::contains)) {
                refused.put(row.group(1), row.group(3));
            }
        }
        assertThat(refused).isEmpty();
    }
}
