package io.tapeline.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's broker and controller in one, put together from the classes that its own {@code
 * KafkaRaftServer} is made of, for two differences: the sockets are handed in, and a fatal fault is
 * told instead of halting the JVM, which is not Kafka's alone.
 *
 * <p>Kafka's internal classes are known to this class, {@link BrokerProperties}, {@link
 * ListenerSockets} and {@link BrokerFault} alone. They are bound to the Kafka version that the
 * build pins; the tests of this module fail when an upgrade changes them.
 */
final class KraftNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KraftNode.class);
    private final String clusterId;
    private final ControllerServer controller;
    private final BrokerServer broker;

    private KraftNode(String clusterId, ControllerServer controller, BrokerServer broker) {
        this.clusterId = clusterId;
        this.controller = controller;
        this.broker = broker;
    }

    /**
     * Writes the format of a new cluster of one node into an empty directory. The voters are the
     * static ones of the configuration: those of a dynamic quorum would be stored with their port,
     * which could then never change.
     */
    static void format(Path emptyDirectory) throws IOException {
        try (PrintStream silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(emptyDirectory.toString()))
                    .setMetadataLogDirectory(emptyDirectory.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(
                    "Kafka could not format " + emptyDirectory + ": " + e.getMessage(), e);
        }
    }

    /**
     * Starts the node; returns when its broker is registered and accepts connections. What was
     * started is stopped again when a later part fails.
     *
     * @param onFatalFault told of each fault that Kafka would end its process for, on the thread
     *     that hit it
     */
    static KraftNode start(
            Map<String, String> properties,
            InetSocketAddress controllerAddress,
            ServerSocketFactory sockets,
            Consumer<Throwable> onFatalFault) {
        KafkaConfig config = new KafkaConfig(properties, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
                KafkaRaftServer.initializeLogDirs(config, LOG, "");
        String clusterId = directories._1().clusterId().orElseThrow();
        SharedServer shared =
                new SharedServer(
                        config,
                        directories._1(),
                        Time.SYSTEM,
                        Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                        CompletableFuture.completedFuture(
                                Map.of(BrokerProperties.NODE_ID, controllerAddress)),
                        List.of(),
                        (name, fatal, action) -> new BrokerFault(name, fatal, action, onFatalFault),
                        sockets);
        KraftNode node =
                new KraftNode(
                        clusterId,
                        new ControllerServer(
                                shared, KafkaRaftServer.configSchema(), directories._2()),
                        new BrokerServer(shared));
        try {
            node.controller.startup();
            node.broker.startup();
            return node;
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    String clusterId() {
        return clusterId;
    }

    /** Stops the broker, then the controller that its orderly farewell needs; waits for both. */
    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
