package io.tapeline.kafka;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kafka.server.KafkaConfig;

/**
 * The broker properties of a single node: what must be so, what is so unless overridden, and what
 * may be overridden.
 */
final class BrokerProperties {
    static final String BROKER_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    /**
     * Set from {@link BrokerSettings} or fixed by there being one node; an override would
     * contradict them.
     */
    private static final Set<String> OWNED =
            Set.of(
                    "process.roles",
                    "node.id",
                    "broker.id",
                    "listeners",
                    "advertised.listeners",
                    "controller.listener.names",
                    "controller.quorum.voters",
                    "controller.quorum.bootstrap.servers",
                    "listener.security.protocol.map",
                    "inter.broker.listener.name",
                    "security.inter.broker.protocol",
                    "server.max.startup.time.ms",
                    "log.dir",
                    "log.dirs",
                    "metadata.log.dir");

    /**
     * One replica of everything, no waiting for members that cannot come, and memory for one
     * machine's load.
     */
    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("offsets.topic.replication.factor", "1"),
                    Map.entry("offsets.topic.num.partitions", "4"),
                    // A standalone that was switched off for a month continues where it was.
                    Map.entry("offsets.retention.minutes", Integer.toString(366 * 24 * 60)),
                    Map.entry("transaction.state.log.replication.factor", "1"),
                    Map.entry("transaction.state.log.min.isr", "1"),
                    Map.entry("transaction.state.log.num.partitions", "4"),
                    Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                    Map.entry("share.coordinator.state.topic.min.isr", "1"),
                    Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                    Map.entry("group.initial.rebalance.delay.ms", "0"),
                    Map.entry("auto.create.topics.enable", "false"),
                    // After a kill the node cannot register again until its old session ends: the
                    // whole of it is start time.
                    Map.entry("broker.session.timeout.ms", "3000"),
                    Map.entry("broker.heartbeat.interval.ms", "500"),
                    Map.entry("num.network.threads", "2"),
                    Map.entry("num.io.threads", "4"),
                    Map.entry("background.threads", "2"),
                    Map.entry("num.recovery.threads.per.data.dir", "2"),
                    Map.entry("log.cleaner.threads", "1"),
                    Map.entry("log.cleaner.dedupe.buffer.size", "16777216"));

    private BrokerProperties() {}

    /**
     * Refuses overrides that the broker cannot honour.
     *
     * @throws IllegalArgumentException naming every property that is unknown or owned
     */
    static void requireAllowed(Map<String, String> overrides) {
        Set<String> unknown = new TreeSet<>(overrides.keySet());
        unknown.removeAll(KafkaConfig.configDef().names());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "BrokerSettings.overrides names no broker property of Kafka: " + unknown);
        }
        Set<String> owned = new TreeSet<>(overrides.keySet());
        owned.retainAll(OWNED);
        if (!owned.isEmpty()) {
            throw new IllegalArgumentException(
                    "BrokerSettings.overrides may not set what the embedded broker sets itself: "
                            + owned);
        }
    }

    /**
     * The whole configuration of the node.
     *
     * @param client the bound address that clients connect to
     * @param controller the bound address of the controller's own listener, which may differ from
     *     start to start
     */
    static Map<String, String> of(
            BrokerSettings settings,
            Path logDir,
            InetSocketAddress client,
            InetSocketAddress controller) {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        all.putAll(settings.overrides());
        String controllerAddress = controller.getHostString() + ":" + controller.getPort();
        String clientAddress = BROKER_LISTENER + "://" + settings.host() + ":" + client.getPort();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(NODE_ID));
        all.put("controller.quorum.voters", NODE_ID + "@" + controllerAddress);
        all.put("controller.listener.names", CONTROLLER_LISTENER);
        all.put("listeners", clientAddress + "," + CONTROLLER_LISTENER + "://" + controllerAddress);
        all.put("advertised.listeners", clientAddress);
        all.put("inter.broker.listener.name", BROKER_LISTENER);
        all.put(
                "listener.security.protocol.map",
                BROKER_LISTENER
                        + ":"
                        + settings.protocol()
                        + ","
                        + CONTROLLER_LISTENER
                        + ":PLAINTEXT");
        settings.tls().map(BrokerTls::brokerProperties).ifPresent(all::putAll);
        settings.login()
                .ifPresent(login -> {
                    all.put("sasl.enabled.mechanisms", BrokerLogin.MECHANISM);
                    all.put("sasl.mechanism.inter.broker.protocol", BrokerLogin.MECHANISM);
                    all.put("listener.name.plaintext.plain.sasl.jaas.config", login.brokerModule());
                });
        all.put("log.dirs", logDir.toString());
        all.put("server.max.startup.time.ms", Long.toString(settings.startTimeout().toMillis()));
        return all;
    }
}
