package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code docker compose config} and a linter would say, and whether it fits the services. */
class ComposeTest {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Z_]+)(?:(:?[-?])((?:[^{}]|\\{[^}]*})*))?}");
    private static final Pattern PINNED = Pattern.compile(".+:v?\\d+\\.\\d+.*|.+:\\$\\{VERSION.*");
    private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9-]*):(\\d+)");

    /** Reads Docker's socket for a stack of logs that is off by default, and needs root for it. */
    private static final String ROOT_BY_NEED = "docker-reader";

    private final JsonNode compose;
    private final JsonNode services;

    ComposeTest() throws IOException {
        compose = DeployFiles.yaml(DeployFiles.ROOT.resolve("docker-compose.yml")).getFirst();
        services = compose.get("services");
    }

    @Test
    void it_is_what_the_specification_allows() throws IOException {
        ObjectNode asOfSchema = (ObjectNode) compose.deepCopy();
        asOfSchema.remove("name");
        try (InputStream in =
                Objects.requireNonNull(
                        getClass().getResourceAsStream("/compose/compose-spec.json"))) {
            // Ids as they were before the draft that it names; nothing refers to them.
            String schema =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("\"(id|\\$schema)\": \"[^\"]*\",", "");
            assertThat(
                            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                                    .getSchema(JsonMapper.shared().readTree(schema))
                                    .validate(asOfSchema))
                    .isEmpty();
        }
    }

    @Test
    void every_service_is_bounded_hardened_and_asked_whether_it_is_well() {
        for (Map.Entry<String, JsonNode> each : services.properties()) {
            String name = each.getKey();
            JsonNode service = each.getValue();
            assertThat(service.path("image").asString("")).as(name).matches(PINNED);
            assertThat(service.path("mem_limit").asString("")).as(name).isNotEmpty();
            assertThat(service.path("pids_limit").asInt(0)).as(name).isPositive();
            assertThat(service.at("/healthcheck/test").size()).as(name).isPositive();
            assertThat(service.path("read_only").asBoolean(false)).as(name).isTrue();
            assertThat(texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(texts(service.path("security_opt")))
                    .as(name)
                    .containsExactly("no-new-privileges:true");
            assertThat(service.has("privileged")).as(name).isFalse();
            if (!name.equals(ROOT_BY_NEED)) {
                assertThat(service.path("user").asString("")).as(name).matches("[1-9]\\d*:\\d+");
                assertThat(texts(service.path("volumes")))
                        .as(name)
                        .noneMatch(volume -> volume.contains("docker.sock"));
            }
        }
    }

    @Test
    void nothing_listens_beyond_this_machine_unless_told() {
        for (Map.Entry<String, JsonNode> each : services.properties()) {
            assertThat(texts(each.getValue().path("ports")))
                    .as(each.getKey())
                    .allMatch(port ->
                            port.matches("(127\\.0\\.0\\.1|\\$\\{BIND:-127\\.0\\.0\\.1}):.*"));
        }
    }

    @Test
    void everything_that_looks_like_a_setting_is_one() throws IOException {
        for (Map.Entry<String, JsonNode> each : services.properties()) {
            for (String variable : each.getValue().path("environment").propertyNames()) {
                assertThat(DeployFiles.isSetting(variable))
                        .as(each.getKey() + ": " + variable)
                        .isTrue();
            }
        }
        for (String variable : variables("ops/compose/demo.env").keySet()) {
            assertThat(DeployFiles.isSetting(variable)).as(variable).isTrue();
        }
    }

    @Test
    void the_example_explains_every_variable_and_has_its_default() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        Matcher used = VARIABLE.matcher(DeployFiles.text("docker-compose.yml"));
        while (used.find()) {
            boolean demanded = used.group(2) != null && used.group(2).endsWith("?");
            defaults.put(used.group(1), demanded || used.group(3) == null ? "" : used.group(3));
        }
        assertThat(variables(".env.example")).isEqualTo(defaults);
        assertThat(DeployFiles.text("docker-compose.yml").lines())
                .filteredOn(line -> line.matches(".*(PASSWORD|CLUSTER_ID): .*"))
                .hasSize(4)
                .allMatch(line -> line.endsWith(":?set it in .env}"));
    }

    @Test
    void what_is_mounted_and_waited_for_is_there() {
        for (Map.Entry<String, JsonNode> each : services.properties()) {
            JsonNode service = each.getValue();
            for (String volume : texts(service.path("volumes"))) {
                String from = volume.split(":", 2)[0];
                if (from.startsWith("./")) {
                    assertThat(DeployFiles.ROOT.resolve(from)).as(each.getKey()).exists();
                    assertThat(volume).as(each.getKey()).endsWith(":ro");
                } else if (!from.startsWith("/")) {
                    assertThat(compose.get("volumes").has(from)).as(volume).isTrue();
                }
            }
            for (String other : service.path("depends_on").propertyNames()) {
                assertThat(services.has(other)).as(other).isTrue();
            }
            for (String network : names(service.path("networks"))) {
                assertThat(compose.get("networks").has(network)).as(network).isTrue();
            }
        }
    }

    @Test
    void each_address_is_that_of_a_service_at_a_port_of_its_own() throws IOException {
        Map<String, List<Integer>> listen =
                Map.of(
                        "ingestor", List.of(8091, 8092),
                        "aggregator", List.of(8082, 8083),
                        "query-api", List.of(8080, 8084),
                        "exchange", List.of(9080),
                        "kafka", List.of(9092),
                        "clickhouse", List.of(8123));
        List<String> asked = new ArrayList<>();
        asked.addAll(DeployFiles.text("ops/compose/nginx/upstream.conf").lines().toList());
        asked.addAll(DeployFiles.text("ops/compose/demo.env").lines().toList());
        DeployFiles.yaml(DeployFiles.ROOT.resolve("ops/prometheus/prometheus.yml"))
                .getFirst()
                .get("scrape_configs")
                .forEach(job ->
                        job.get("static_configs")
                                .forEach(targets -> asked.addAll(texts(targets.get("targets")))));
        services.forEach(service ->
                service.path("environment").forEach(value -> asked.add(value.asString(""))));
        int found = 0;
        for (String line : asked) {
            Matcher address = ADDRESS.matcher(line.startsWith("#") ? "" : line);
            while (address.find()) {
                String host = address.group(1);
                if (services.has(host)) {
                    assertThat(listen.get(host.replaceAll("-\\d$", "")))
                            .as(line)
                            .contains(Integer.parseInt(address.group(2)));
                    found++;
                } else {
                    assertThat(host).as(line).isEqualTo("localhost");
                }
            }
        }
        assertThat(found).isGreaterThan(20);
    }

    @Test
    void instances_of_a_service_differ_only_in_what_is_their_own() {
        for (String service : List.of("ingestor", "aggregator", "query-api")) {
            assertThat(shared(service + "-1")).isEqualTo(shared(service + "-2"));
        }
    }

    private JsonNode shared(String name) {
        ObjectNode service = (ObjectNode) services.get(name).deepCopy();
        service.remove(List.of("networks", "volumes"));
        if (service.get("environment") instanceof ObjectNode environment) {
            environment.remove(
                    List.of("TAPELINE_INGESTOR_INSTANCE", "TAPELINE_AGGREGATOR_ADVERTISED_HOST"));
        }
        return service;
    }

    /** Those of a file of variables; each must have an explanation above it. */
    private static Map<String, String> variables(String path) throws IOException {
        Map<String, String> variables = new HashMap<>();
        boolean explained = false;
        for (String line : DeployFiles.text(path).lines().toList()) {
            explained = line.startsWith("# ") || explained && !line.isEmpty();
            if (!line.isEmpty() && !line.startsWith("#")) {
                assertThat(explained).as(line).isTrue();
                String[] named = line.split("=", 2);
                assertThat(variables.put(named[0], named[1])).as(line).isNull();
            }
        }
        return new TreeMap<>(variables);
    }

    private static List<String> names(JsonNode listOrMap) {
        return listOrMap.isArray()
                ? texts(listOrMap)
                : List.copyOf(new TreeSet<>(listOrMap.propertyNames()));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
