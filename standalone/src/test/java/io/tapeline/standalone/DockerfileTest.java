package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a linter would say of the Dockerfile, and whether what its images run is there. */
class DockerfileTest {

    private static final Pattern PINNED =
            Pattern.compile("[a-z0-9./-]+:\\d+\\.\\d+[A-Za-z0-9._-]*");
    private static final Pattern MAIN = Pattern.compile("MAIN=(\\S+)");
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token|api_?key");

    private record Instruction(String word, String rest) {}

    private static List<Instruction> instructions() throws IOException {
        List<Instruction> instructions = new ArrayList<>();
        String joined = DeployFiles.text("Dockerfile").replaceAll("\\\\\n", " ");
        for (String line : joined.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+", 2);
                instructions.add(new Instruction(parts[0], parts[1]));
            }
        }
        return instructions;
    }

    private static Stream<String> all(String word) throws IOException {
        return instructions().stream().filter(i -> i.word().equals(word)).map(Instruction::rest);
    }

    @Test
    void every_image_that_it_begins_with_is_of_one_exact_version() throws IOException {
        Map<String, String> arguments = new HashMap<>();
        Set<String> stages = new HashSet<>();
        for (Instruction instruction : instructions()) {
            if (instruction.word().equals("ARG") && instruction.rest().contains("=")) {
                String[] named = instruction.rest().split("=", 2);
                arguments.put("${" + named[0] + "}", named[1]);
            }
            if (instruction.word().equals("FROM")) {
                String[] from = instruction.rest().split("\\s+");
                String image = arguments.getOrDefault(from[0], from[0]);
                if (!stages.contains(image)) {
                    assertThat(image).matches(PINNED);
                }
                stages.add(from[2]);
            }
        }
        assertThat(stages).containsExactlyInAnyOrder("build", "layout", "service");
    }

    @Test
    void it_runs_as_a_number_that_is_not_root() throws IOException {
        assertThat(all("USER")).containsExactly("10001:10001");
    }

    @Test
    void nothing_comes_from_elsewhere_and_no_secret_is_in_a_layer() throws IOException {
        assertThat(all("ADD")).isEmpty();
        assertThat(all("RUN")).noneMatch(run -> run.contains("curl") || run.contains("wget"));
        assertThat(Stream.concat(all("ENV"), all("ARG")))
                .noneMatch(named -> SECRET.matcher(named).find());
        assertThat(all("COPY").filter(copy -> !copy.startsWith("--from="))).containsExactly(". .");
        List<String> ignored = DeployFiles.text(".dockerignore").lines().toList();
        assertThat(ignored.get(1)).isEqualTo("*");
        assertThat(ignored).contains("**/.env", "**/.git");
    }

    @Test
    void it_says_what_it_is_and_whether_it_is_well() throws IOException {
        assertThat(all("LABEL").findFirst().orElseThrow())
                .contains("org.opencontainers.image.title", "org.opencontainers.image.licenses");
        assertThat(all("HEALTHCHECK")).singleElement().asString().contains("bin/healthy");
        assertThat(all("ENTRYPOINT")).containsExactly("[\"/opt/tapeline/bin/start\"]");
    }

    @Test
    void what_an_image_starts_has_a_main_method() throws Exception {
        List<String> mains = new ArrayList<>();
        Matcher found = MAIN.matcher(DeployFiles.text("ops/image/service"));
        while (found.find()) {
            mains.add(Class.forName(found.group(1)).getMethod("main", String[].class).toString());
        }
        assertThat(mains).hasSize(4);
    }

    @Test
    void an_image_asks_for_health_where_its_service_listens() throws IOException {
        assertThat(DeployFiles.healthPorts()).isNotEmpty();
        assertThat(DeployFiles.settings()).containsAllEntriesOf(DeployFiles.healthPorts());
    }
}
