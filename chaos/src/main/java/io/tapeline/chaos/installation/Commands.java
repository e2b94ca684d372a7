package io.tapeline.chaos.installation;

import io.tapeline.chaos.market.HastyExchange;
import io.tapeline.chaos.network.Link;
import io.tapeline.chaos.network.Wire;
import io.tapeline.chaos.part.Member;
import io.tapeline.chaos.part.ServiceCommand;
import io.tapeline.clickhouse.EngineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How each member is started: by its own main class and its own settings, as ops/image does, with
 * those beside their defaults that let a small market err quickly.
 */
final class Commands {

    static final int PARTITIONS = 6;
    static final List<String> LINES = List.of("a", "b");

    private final Path directory;
    private final Ports ports;
    private final Map<Link, Wire> wires;

    Commands(Path directory, Ports ports, Map<Link, Wire> wires) {
        this.directory = directory;
        this.ports = ports;
        this.wires = wires;
    }

    String bootstrap() {
        return "127.0.0.1:" + ports.of(Member.BROKER);
    }

    List<String> of(Member member) throws IOException {
        return switch (member) {
            case BROKER ->
                    ServiceCommand.broker(directory.resolve("kafka"), ports.of(Member.BROKER));
            case ENGINE ->
                    EngineProcess.command(
                            Files.createDirectories(directory.resolve("engine")),
                            ports.of(Member.ENGINE));
            case INGESTOR_1 -> ingestor(member, Link.INGESTOR_1_TO_EXCHANGE);
            case INGESTOR_2 -> ingestor(member, Link.INGESTOR_2_TO_EXCHANGE);
            case AGGREGATOR_1, AGGREGATOR_2 -> aggregator(member);
            case QUERY_API_1 -> queryApi(member, Link.QUERY_API_1_TO_ENGINE);
            case QUERY_API_2 -> queryApi(member, Link.QUERY_API_2_TO_ENGINE);
        };
    }

    private List<String> ingestor(Member member, Link link) {
        Map<String, String> settings = kafka();
        settings.put("tapeline.ingestor.instance", member.words());
        settings.put("tapeline.ingestor.lines", String.join(",", LINES));
        settings.put("tapeline.ingestor.http-port", "" + ports.of(member));
        settings.put("tapeline.ingestor.management-port", "" + ports.managementOf(member));
        // The least that a broker allows by default.
        settings.put("tapeline.ingestor.session-timeout", "6s");
        settings.putAll(HastyExchange.settings(wire(link).port()));
        return ServiceCommand.of("io.tapeline.ingestor.IngestorApplication", 384, settings);
    }

    private List<String> aggregator(Member member) {
        Map<String, String> settings = kafka();
        settings.put("tapeline.data-dir", directory.resolve(member.words()).toString());
        settings.put("tapeline.aggregator.http-port", "" + ports.of(member));
        settings.put("tapeline.aggregator.management-port", "" + ports.managementOf(member));
        settings.put("tapeline.aggregator.session-timeout", "6s");
        return ServiceCommand.of("io.tapeline.aggregator.AggregatorApplication", 320, settings);
    }

    private List<String> queryApi(Member member, Link link) {
        Map<String, String> settings = kafka();
        settings.put("tapeline.data-dir", directory.resolve(member.words()).toString());
        settings.put("tapeline.http-port", "" + ports.of(member));
        settings.put("tapeline.management-port", "" + ports.managementOf(member));
        settings.put("tapeline.aggregator.urls", urls(Member.AGGREGATOR_1, Member.AGGREGATOR_2));
        settings.put("tapeline.ingestor.urls", urls(Member.INGESTOR_1, Member.INGESTOR_2));
        settings.put("tapeline.clickhouse.url", "http://127.0.0.1:" + wire(link).port());
        settings.put("tapeline.clickhouse.timeout", "5s");
        // What the exchange is asked for on demand would hide what was not recorded.
        settings.put("tapeline.read-through.enabled", "false");
        return ServiceCommand.of("io.tapeline.query.QueryApiApplication", 320, settings);
    }

    private Map<String, String> kafka() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("tapeline.kafka.bootstrap", bootstrap());
        settings.put("tapeline.kafka.partitions", "" + PARTITIONS);
        return settings;
    }

    private Wire wire(Link link) {
        Wire wire = wires.get(link);
        if (wire == null) {
            throw new IllegalStateException("Commands: no wire " + link);
        }
        return wire;
    }

    private String urls(Member... members) {
        return Stream.of(members)
                .map(member -> "http://127.0.0.1:" + ports.of(member))
                .collect(Collectors.joining(","));
    }
}
