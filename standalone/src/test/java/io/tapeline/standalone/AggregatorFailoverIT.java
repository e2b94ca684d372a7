package io.tapeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.kafka.test.KafkaCluster;
import io.tapeline.kafka.test.KafkaTest;
import io.tapeline.query.routing.Address;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Exchange;
import io.tapeline.query.routing.Fleet;
import io.tapeline.query.routing.InstanceAnswer;
import io.tapeline.query.routing.Routing;
import io.tapeline.schemas.proto.PartitionRoute;
import io.tapeline.schemas.proto.RoutingTable;
import io.tapeline.schemas.proto.StoreRoutes;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three aggregators with standbys, processes of their own, are asked all the time under load. One
 * is killed; when it is back, another. Every question gets an answer within its time, fresh or
 * declared stale, and each answer was true: a book as it was, whole, at the update id that it
 * names.
 */
@KafkaTest
class AggregatorFailoverIT {

    private static final int PARTITIONS = 3;
    private static final int INSTRUMENTS_EACH = 4;
    private static final int INSTANCES = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ROUTING_EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * A thread that got its answer may still have to wait for a processor, of which there are 2.
     */
    private static final Duration SCHEDULING = Duration.ofSeconds(1);

    @TempDir Path dir;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final KafkaCluster kafka;
    private final String prefix;
    private final Topics topics;
    private final List<AggregatorProcess> aggregators = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private final Exchange exchange = new Exchange(TIMEOUT);

    AggregatorFailoverIT(KafkaCluster kafka) {
        this.kafka = kafka;
        prefix = kafka.uniquePrefix();
        topics = new Topics(prefix);
    }

    @Test
    void while_one_instance_after_another_is_killed_every_question_gets_a_true_answer()
            throws Exception {
        System.out.println("seed " + seed);
        TopicSetup.ensure(kafka.admin(), topics, PARTITIONS, (short) 1);
        try (AutoCloseable _ = this::closeAll) {
            for (int i = 0; i < INSTANCES; i++) {
                aggregators.add(start(i, 0));
            }
            for (AggregatorProcess each : aggregators) {
                addresses.add(each.address());
            }
            try (KnownMarket market =
                            new KnownMarket(
                                    kafka.bootstrap(), topics, PARTITIONS, INSTRUMENTS_EACH, seed);
                    Routing routing =
                            new Routing(
                                    exchange,
                                    addresses.stream().map(Address::of).toList(),
                                    ROUTING_EVERY)) {
                await("a copy of everything on two instances", () -> everyReplicaAnswers(market));
                Askers askers =
                        new Askers(
                                new Aggregators(exchange, routing, PARTITIONS),
                                new Fleet(exchange, routing, PARTITIONS),
                                market);
                try (askers) {
                    await("fresh answers", askers::allFresh);
                    killAndRecover(askers, market, true);
                    killAndRecover(askers, market, false);
                }
                System.out.println("failover: " + askers.figures());
                assertThat(askers.wrong()).as("wrong answers, seed %s", seed).isEmpty();
                assertThat(askers.unanswered()).as("unanswered, seed %s", seed).isEmpty();
                assertThat(askers.slowest()).isLessThan(TIMEOUT.plus(SCHEDULING));
            }
        }
    }

    private void killAndRecover(Askers askers, KnownMarket market, boolean comesBack)
            throws Exception {
        LockSupport.parkNanos(Duration.ofMillis(500 + random.nextInt(1_000)).toNanos());
        await("a table", () -> !holders().isEmpty());
        int victim = anOwner();
        long killed = System.nanoTime();
        aggregators.get(victim).kill();
        String address = Address.of(addresses.get(victim)).toString();
        await("the dead one out of the table", () -> !holders().contains(address));
        await("fresh answers from those who live", askers::allFresh);
        print("instance " + victim + " was killed; fresh answers again", killed);
        if (comesBack) {
            aggregators.set(victim, start(victim, addresses.get(victim).getPort()));
            await("the dead one back", () -> holders().contains(address));
            await("a copy of everything on two instances", () -> everyReplicaAnswers(market));
            await("fresh answers from all", askers::allFresh);
            print("it is back, with copies of everything on two instances", killed);
        }
    }

    private static void print(String what, long sinceNanos) {
        System.out.println(what + " after " + (System.nanoTime() - sinceNanos) / 1_000_000 + " ms");
    }

    private AggregatorProcess start(int which, int port) throws IOException {
        return AggregatorProcess.start(
                kafka.bootstrap(), prefix, PARTITIONS, dir.resolve("instance-" + which), port);
    }

    /** One that answers for books, by chance. */
    private int anOwner() throws IOException {
        List<Integer> owners = new ArrayList<>();
        Set<String> active = new HashSet<>();
        for (StoreRoutes store : table().getStoresList()) {
            store.getPartitionsList().stream()
                    .filter(_ -> store.getStore().equals("books"))
                    .forEach(route -> active.add(route.getActive()));
        }
        for (int i = 0; i < INSTANCES; i++) {
            if (active.contains(Address.of(addresses.get(i)).toString())) {
                owners.add(i);
            }
        }
        return owners.get(random.nextInt(owners.size()));
    }

    /** The table of the first who tells one. */
    private RoutingTable table() throws IOException {
        for (URI each : addresses) {
            RoutingTable table = tableOf(each);
            if (table != null) {
                return table;
            }
        }
        throw new IOException("no aggregator tells a routing table");
    }

    private @Nullable RoutingTable tableOf(URI address) {
        try {
            InstanceAnswer answer = exchange.get(Address.of(address), "/internal/routing");
            return answer.status() == 200 ? RoutingTable.parseFrom(answer.body()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private Set<String> holders() throws IOException {
        Set<String> holders = new HashSet<>();
        for (StoreRoutes store : table().getStoresList()) {
            for (PartitionRoute route : store.getPartitionsList()) {
                holders.add(route.getActive());
                holders.addAll(route.getStandbysList());
            }
        }
        return holders;
    }

    /** Whether each partition has an active and a standby, and both know every instrument of it. */
    private boolean everyReplicaAnswers(KnownMarket market) throws IOException {
        for (StoreRoutes store : table().getStoresList()) {
            for (PartitionRoute route : store.getPartitionsList()) {
                if (route.getActive().isEmpty() || route.getStandbysList().isEmpty()) {
                    return false;
                }
            }
            for (KnownMarket.Known known : market.instruments()) {
                PartitionRoute route = store.getPartitions(known.partition());
                Set<String> replicas = new HashSet<>(route.getStandbysList());
                replicas.add(route.getActive());
                for (String replica : replicas) {
                    if (!answers(URI.create("http://" + replica), store.getStore(), known)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean answers(URI replica, String store, KnownMarket.Known known) {
        String path =
                "/internal/"
                        + store
                        + "/binance/"
                        + known.instrument().symbol()
                        + (store.equals("candles") ? "?interval=1s&limit=1" : "");
        try {
            return exchange.get(Address.of(replica), path).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + PATIENCE + ", seed " + seed + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** On a busy machine an instance may not tell its table in time; it is asked again. */
    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (IOException e) {
            return false;
        }
    }

    private void closeAll() {
        aggregators.forEach(AggregatorProcess::close);
        exchange.close();
    }
}
