package io.tapeline.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single-node Kafka cluster in this process: the production broker, over one data directory that
 * outlives it.
 *
 * <p>What was acknowledged is there after {@link #close()}, and after a kill of the process, when a
 * broker is started over the same directory; the directory also keeps the cluster's id. It listens
 * without encryption unless {@link BrokerSettings#tls()} says so, without asking who comes unless
 * {@link BrokerSettings#login()} does, on loopback unless {@link BrokerSettings#host()} says
 * otherwise.
 *
 * <p>Methods may be called from any thread. The one who constructs it closes it.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private final Consumer<Throwable> onFatalFault;
    private BrokerSettings settings;
    private State state = new Stopped();

    private sealed interface State {}

    private record Stopped() implements State {}

    private record Running(BrokerDirectory directory, KraftNode node, String bootstrap)
            implements State {}

    /** A broker whose fatal faults are logged, and otherwise show as clients that get no answer. */
    public EmbeddedBroker(BrokerSettings settings) {
        this(settings, fault -> {});
    }

    /**
     * @param onFatalFault told, at most once a start, of a fault after which a running broker
     *     serves nothing any more: the process should end, and its next start recovers. Called on a
     *     thread of the broker, which {@link #close()} waits for: hand over, do not close here.
     *     Loss of the data directory itself (disk gone, disk full) is not told here, since Kafka
     *     then halts the JVM at once.
     */
    public EmbeddedBroker(BrokerSettings settings, Consumer<Throwable> onFatalFault) {
        this.settings = settings;
        this.onFatalFault = onFatalFault;
    }

    /**
     * Starts the broker and returns when a client gets an answer from it; does nothing when it
     * runs. A start that fails leaves nothing behind: no socket, no thread, no lock.
     *
     * @throws DirectoryInUseException when another broker holds the data directory
     * @throws IOException when the directory cannot be used, the port is taken, or no client gets
     *     an answer in time
     */
    public synchronized void start() throws IOException {
        if (state instanceof Running) {
            return;
        }
        long startedNanos = System.nanoTime();
        Running running = startNode();
        try {
            awaitAnswer(running.bootstrap(), settings);
        } catch (IOException | RuntimeException e) {
            stop(running);
            throw e;
        }
        state = running;
        LOG.atInfo()
                .addKeyValue("bootstrap", running.bootstrap())
                .addKeyValue("dataDir", settings.dataDir())
                .addKeyValue("clusterId", running.node().clusterId())
                .addKeyValue(
                        "startMs", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos))
                .log("Embedded broker runs");
    }

    private Running startNode() throws IOException {
        BrokerDirectory directory = BrokerDirectory.hold(settings.dataDir());
        try (ListenerSockets sockets = listen(directory)) {
            directory.formatOnce(KraftNode::format);
            Map<String, String> properties =
                    BrokerProperties.of(
                            settings, directory.log(), sockets.client(), sockets.controller());
            KraftNode node = KraftNode.start(properties, sockets.controller(), sockets, tellOnce());
            // The port that the operating system chose is kept, so that a stop and start leaves
            // clients their address.
            settings = settings.withPort(sockets.client().getPort());
            directory.keepPort(settings.port());
            return new Running(directory, node, settings.host() + ":" + settings.port());
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Any free port is the one of the last time, if it can be had: after a kill the coordinator of
     * transactions sends their ends to the address that the broker had before, and a transaction
     * that cannot end holds up its producer for good.
     */
    private ListenerSockets listen(BrokerDirectory directory) throws IOException {
        int kept = settings.port() == 0 ? directory.keptPort() : 0;
        if (kept > 0) {
            try {
                return ListenerSockets.bind(settings.host(), kept);
            } catch (IOException taken) {
                LOG.atInfo()
                        .addKeyValue("port", kept)
                        .addKeyValue("reason", taken.getMessage())
                        .log("The embedded broker's last port cannot be had: another is taken");
            }
        }
        return ListenerSockets.bind(settings.host(), settings.port());
    }

    private Consumer<Throwable> tellOnce() {
        AtomicBoolean told = new AtomicBoolean();
        return fault -> {
            if (told.compareAndSet(false, true)) {
                onFatalFault.accept(fault);
            }
        };
    }

    private static void awaitAnswer(String bootstrap, BrokerSettings settings) throws IOException {
        Duration timeout = settings.startTimeout();
        int timeoutMs = Math.toIntExact(Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        Map<String, Object> client = new HashMap<>();
        client.putAll(settings.clientProperties());
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(timeoutMs, 5_000));
        try (Admin admin = Admin.create(client)) {
            admin.describeCluster().nodes().get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "The embedded broker at " + bootstrap + " gave no answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "Interrupted while waiting for the embedded broker at " + bootstrap, e);
        }
    }

    /** The address for {@code bootstrap.servers}, {@code host:port}. */
    public synchronized String bootstrap() {
        return running().bootstrap();
    }

    /** The id that the data directory got at its first start and keeps. */
    public synchronized String clusterId() {
        return running().node().clusterId();
    }

    public synchronized boolean isRunning() {
        return state instanceof Running;
    }

    private Running running() {
        return switch (state) {
            case Running running -> running;
            case Stopped _ ->
                    throw new IllegalStateException(
                            "The embedded broker over %s is not running"
                                    .formatted(settings.dataDir()));
        };
    }

    /**
     * Stops the broker in order, so that its next start has nothing to recover, and lets go of the
     * directory; does nothing when it is stopped. It may be started again, at the same address.
     */
    @Override
    public synchronized void close() throws IOException {
        if (state instanceof Running running) {
            state = new Stopped();
            stop(running);
            LOG.atInfo().addKeyValue("dataDir", settings.dataDir()).log("Embedded broker stopped");
        }
    }

    private static void stop(Running running) throws IOException {
        try (BrokerDirectory _ = running.directory()) {
            running.node().close();
        }
    }
}
