package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What the API server would refuse of {@code ops/k8s}, by the types made from its own schema, and
 * whether the files fit the services and one another.
 */
class KubernetesTest {

    /** What is not Kubernetes' own; the rest of each is held against what it must fit, below. */
    private static final Set<String> OF_OTHERS =
            Set.of("Kustomization", "Component", "ScaledObject", "TriggerAuthentication");

    private static final Map<String, Class<?>> TYPES =
            Map.of(
                    "v1/Service", V1Service.class,
                    "v1/ServiceAccount", V1ServiceAccount.class,
                    "v1/Namespace", V1Namespace.class,
                    "apps/v1/StatefulSet", V1StatefulSet.class,
                    "apps/v1/Deployment", V1Deployment.class,
                    "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
                    "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class,
                    "networking.k8s.io/v1/Ingress", V1Ingress.class,
                    "autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class);

    /** The setting of each port of each workload. */
    private static final Map<String, String> PORTS =
            Map.of(
                    "ingestor/internal", "TAPELINE_INGESTOR_HTTP_PORT",
                    "ingestor/management", "TAPELINE_INGESTOR_MANAGEMENT_PORT",
                    "aggregator/internal", "TAPELINE_AGGREGATOR_HTTP_PORT",
                    "aggregator/management", "TAPELINE_AGGREGATOR_MANAGEMENT_PORT",
                    "query-api/http", "TAPELINE_HTTP_PORT",
                    "query-api/management", "TAPELINE_MANAGEMENT_PORT");

    private final List<JsonNode> documents = new ArrayList<>();

    KubernetesTest() throws IOException {
        for (Path file : DeployFiles.yamlBelow("ops/k8s")) {
            documents.addAll(DeployFiles.yaml(file));
        }
    }

    private List<JsonNode> of(String kind) {
        return documents.stream().filter(d -> d.get("kind").asString().equals(kind)).toList();
    }

    private List<JsonNode> workloads() {
        List<JsonNode> workloads = new ArrayList<>(of("StatefulSet"));
        workloads.addAll(of("Deployment"));
        return workloads;
    }

    private static String name(JsonNode document) {
        return document.at("/metadata/name").asString();
    }

    @Test
    void the_api_server_would_take_every_object() throws Exception {
        // Registers what reads times and quantities.
        assertThat(new JSON()).isNotNull();
        for (JsonNode document : documents) {
            String kind = document.get("kind").asString();
            if (!OF_OTHERS.contains(kind)) {
                Class<?> type =
                        Objects.requireNonNull(
                                TYPES.get(document.get("apiVersion").asString() + "/" + kind),
                                kind);
                JsonElement json = JsonParser.parseString(document.toString());
                var _ = type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
                Object read = JSON.getGson().fromJson(json, (Type) type);
                assertThat(read).as(kind).isInstanceOf(type);
            }
        }
    }

    @Test
    void every_file_is_named_by_the_kustomization_beside_it() throws IOException {
        for (Path file : DeployFiles.yamlBelow("ops/k8s")) {
            JsonNode kustomization =
                    DeployFiles.yaml(file.resolveSibling("kustomization.yaml")).getFirst();
            List<String> named = new ArrayList<>();
            for (String list : List.of("resources", "components")) {
                kustomization.path(list).forEach(each -> named.add(each.asString()));
            }
            assertThat(named).allMatch(each -> file.resolveSibling(each).toFile().exists());
            if (!file.endsWith("kustomization.yaml")) {
                assertThat(named).contains(file.getFileName().toString());
            }
        }
    }

    @Test
    void pods_are_what_the_restricted_standard_demands_and_more() {
        assertThat(workloads()).hasSize(3);
        for (JsonNode workload : workloads()) {
            String name = name(workload);
            JsonNode pod = workload.at("/spec/template/spec");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).as(name).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean(false)).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt(0)).isEqualTo(10_001);
            assertThat(pod.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            for (JsonNode container : pod.get("containers")) {
                JsonNode context = container.get("securityContext");
                assertThat(context.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(context.get("readOnlyRootFilesystem").asBoolean(false)).isTrue();
                assertThat(context.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asString(""))
                        .as(name)
                        .isNotEmpty()
                        .isEqualTo(container.at("/resources/requests/memory").asString());
                assertThat(container.at("/resources/requests/cpu").asString("")).isNotEmpty();
            }
        }
    }

    @Test
    void each_port_is_the_services_own_and_each_probe_asks_at_one_of_them() throws IOException {
        Map<String, String> defaults = new HashMap<>(DeployFiles.settings());
        defaults.putAll(literals("tapeline-query-api"));
        for (JsonNode workload : workloads()) {
            String name = name(workload);
            for (JsonNode container : workload.at("/spec/template/spec/containers")) {
                for (JsonNode port : container.get("ports")) {
                    assertThat(port.get("containerPort").asString())
                            .isEqualTo(
                                    defaults.get(
                                            PORTS.get(name + "/" + port.get("name").asString())));
                }
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                    JsonNode asked = container.at("/" + probe + "/httpGet");
                    assertThat(asked.path("port").asString("")).isEqualTo("management");
                    assertThat(asked.path("path").asString(""))
                            .isEqualTo(
                                    "/actuator/health/"
                                            + (probe.equals("readinessProbe")
                                                    ? "readiness"
                                                    : "liveness"));
                }
            }
            String management = PORTS.get(name + "/management");
            assertThat(
                            workload.at("/spec/template/metadata/annotations")
                                    .get("prometheus.io/port")
                                    .asString())
                    .isEqualTo(defaults.get(management));
        }
    }

    @Test
    void everything_that_looks_like_a_setting_is_one() throws IOException {
        List<String> variables = new ArrayList<>();
        for (JsonNode workload : workloads()) {
            for (JsonNode container : workload.at("/spec/template/spec/containers")) {
                container.path("env").forEach(env -> variables.add(env.get("name").asString()));
            }
        }
        for (JsonNode kustomization : of("Kustomization")) {
            for (JsonNode map : kustomization.path("configMapGenerator")) {
                map.get("literals").forEach(l -> variables.add(l.asString().split("=", 2)[0]));
            }
        }
        assertThat(variables).hasSizeGreaterThan(15);
        for (String variable : variables) {
            assertThat(DeployFiles.isSetting(variable)).as(variable).isTrue();
        }
        assertThat(documents).noneMatch(d -> d.get("kind").asString().equals("Secret"));
    }

    @Test
    void one_of_each_may_be_taken_away_and_what_may_reach_it_is_said() {
        for (JsonNode workload : workloads()) {
            String name = name(workload);
            assertThat(workload.at("/spec/selector/matchLabels"))
                    .isEqualTo(workload.at("/spec/template/metadata/labels"));
            assertThat(of("PodDisruptionBudget"))
                    .filteredOn(budget -> selects(budget.at("/spec/selector"), name))
                    .singleElement()
                    .satisfies(budget ->
                            assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1));
            assertThat(of("NetworkPolicy"))
                    .filteredOn(policy -> selects(policy.at("/spec/podSelector"), name))
                    .singleElement()
                    .satisfies(policy ->
                            policy.at("/spec/ingress").forEach(rule -> assertPorts(rule, name)));
        }
        assertThat(of("NetworkPolicy"))
                .filteredOn(policy -> policy.at("/spec/podSelector").isEmpty())
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.at("/spec/policyTypes")).hasSize(2);
                    assertThat(policy.get("spec").has("ingress")).isFalse();
                    assertThat(policy.get("spec").has("egress")).isFalse();
                });
    }

    private static boolean selects(JsonNode selector, String name) {
        return selector.at("/matchLabels/app.kubernetes.io~1name").asString("").equals(name);
    }

    private static void assertPorts(JsonNode rule, String name) {
        assertThat(rule.get("from")).isNotEmpty();
        assertThat(rule.get("ports"))
                .allSatisfy(port ->
                        assertThat(PORTS).containsKey(name + "/" + port.get("port").asString()));
    }

    @Test
    void addresses_are_of_pods_that_are_there() throws IOException {
        Map<String, Integer> replicas = new HashMap<>();
        for (JsonNode set : of("StatefulSet")) {
            assertThat(set.at("/spec/serviceName").asString()).isEqualTo(name(set));
            replicas.put(name(set), set.at("/spec/replicas").asInt());
        }
        Map<String, String> query = literals("tapeline-query-api");
        assertThat(query.get("TAPELINE_AGGREGATOR_URLS"))
                .isEqualTo(addresses("aggregator", replicas.getOrDefault("aggregator", 0), 8082));
        assertThat(query.get("TAPELINE_INGESTOR_URLS"))
                .isEqualTo(addresses("ingestor", replicas.getOrDefault("ingestor", 0), 8091));
    }

    private static String addresses(String name, int count, int port) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add("http://%s-%d.%s:%d".formatted(name, i, name, port));
        }
        return String.join(",", addresses);
    }

    @Test
    void lag_asks_for_no_more_aggregators_than_there_are_partitions() throws IOException {
        Map<String, String> shared = literals("tapeline-shared");
        JsonNode scaled = of("ScaledObject").getFirst().get("spec");
        assertThat(scaled.at("/scaleTargetRef/kind").asString()).isEqualTo("StatefulSet");
        assertThat(scaled.at("/scaleTargetRef/name").asString()).isEqualTo("aggregator");
        assertThat(scaled.get("maxReplicaCount").asString())
                .isEqualTo(shared.get("TAPELINE_KAFKA_PARTITIONS"));
        assertThat(scaled.at("/triggers/0/metadata/consumerGroup").asString())
                .isEqualTo(shared.get("TAPELINE_KAFKA_TOPIC_PREFIX") + "aggregator");
        assertThat(scaled.at("/triggers/0/metadata/bootstrapServers").asString())
                .isEqualTo(shared.get("TAPELINE_KAFKA_BOOTSTRAP"));
    }

    /** Of the base's map of that name. */
    private static Map<String, String> literals(String name) throws IOException {
        Map<String, String> literals = new TreeMap<>();
        Path base = DeployFiles.ROOT.resolve("ops/k8s/base/kustomization.yaml");
        for (JsonNode map : DeployFiles.yaml(base).getFirst().get("configMapGenerator")) {
            if (map.get("name").asString().equals(name)) {
                for (JsonNode literal : map.get("literals")) {
                    String[] named = literal.asString().split("=", 2);
                    literals.put(named[0], named[1]);
                }
            }
        }
        return literals;
    }
}
