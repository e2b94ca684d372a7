package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The POM of the tutorial stands alone, so that it can be copied: nothing but this keeps it up. */
class ExamplesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern PROPERTY =
            Pattern.compile("<((?:kafka|protobuf)\\.version)>([^<]+)</");
    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>([a-z-]+-plugin)</artifactId>\\s*<version>([^<]+)</");

    @Test
    void the_pom_of_the_tutorial_has_the_versions_of_the_build() throws IOException {
        Map<String, String> build = versions(ROOT.resolve("pom.xml"));
        Map<String, String> tutorial = versions(ROOT.resolve("docs/examples/java/pom.xml"));
        assertThat(tutorial).hasSize(5);
        assertThat(build).containsAllEntriesOf(tutorial);
    }

    private static Map<String, String> versions(Path pom) throws IOException {
        String text = Files.readString(pom);
        Map<String, String> versions = new TreeMap<>();
        for (Pattern pattern : new Pattern[] {PROPERTY, PLUGIN}) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                versions.put(matcher.group(1), matcher.group(2));
            }
        }
        return versions;
    }
}
