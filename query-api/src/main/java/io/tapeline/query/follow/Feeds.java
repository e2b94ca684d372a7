package io.tapeline.query.follow;

import io.tapeline.query.routing.Address;
import io.tapeline.query.routing.Routing;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import io.tapeline.schemas.wire.MalformedPayload;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed of each aggregator that holds something that is watched. A thread compares every so
 * often, and at once when there is reason to, what is wanted of whom with what was asked for: new
 * watchers, moved partitions and broken connections are all the same to it.
 */
public final class Feeds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** A feed says something every second. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    /** Between two connections to one aggregator. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** A feed of which nothing is wanted is kept for so long. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final FollowedMarket market;
    private final Routing routing;
    private final int partitions;
    private final FollowCounts counts;
    private final SharedSecret secret;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();

    private final Semaphore reasons = new Semaphore(0);
    private final Map<Address, FeedConnection> connections = new HashMap<>();
    private final Map<Address, Long> openedNanos = new HashMap<>();
    private final Map<Address, Long> wantedNanos = new HashMap<>();
    private final FeedConnection.Told told =
            new FeedConnection.Told() {
                @Override
                public boolean message(FeedConnection from, FeedMessage message) {
                    return take(from, message);
                }

                @Override
                public void changed() {
                    reasons.release();
                }
            };

    private final Thread thread = Thread.ofPlatform().daemon().name("feeds").unstarted(this::run);
    private volatile boolean closed;

    /**
     * @param partitions of every topic
     * @param secret told to the aggregators
     */
    public Feeds(
            FollowedMarket market,
            Routing routing,
            int partitions,
            FollowCounts counts,
            SharedSecret secret) {
        this.market = market;
        this.routing = routing;
        this.partitions = partitions;
        this.counts = counts;
        this.secret = secret;
        market.onWanted(reasons::release);
        thread.start();
    }

    private boolean take(FeedConnection from, FeedMessage message) {
        try {
            Subject gone = market.take(message);
            if (gone != null) {
                from.gone(gone);
                if (message.hasGone()) {
                    routing.refreshLater();
                } else {
                    reasons.release();
                }
            }
            return true;
        } catch (MalformedPayload e) {
            counts.malformed.increment();
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("aggregator", from.address())
                    .log("feed: a message cannot be understood, it is opened anew");
            return false;
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (reasons.tryAcquire(EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                    reasons.drainPermits();
                }
                look(System.nanoTime());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("feeds: a look failed");
            }
        }
    }

    private void look(long now) {
        market.tidy(now);
        dropBroken(now);
        Map<Address, Set<Subject>> wanted = wanted(now);
        wanted.keySet().forEach(address -> connect(address, now));
        connections
                .values()
                .removeIf(connection -> {
                    boolean idle =
                            !wanted.containsKey(connection.address())
                                    && now - wantedNanos.getOrDefault(connection.address(), now)
                                            > LINGER.toNanos();
                    if (idle) {
                        connection.close();
                    }
                    return idle;
                });
        for (FeedConnection connection : connections.values()) {
            connection.follow(wanted.getOrDefault(connection.address(), Set.of()));
        }
    }

    private void dropBroken(long now) {
        connections
                .values()
                .removeIf(connection -> {
                    boolean silent = connection.silentNanos(now) > SILENCE.toNanos();
                    if (!connection.hasEnded() && !silent) {
                        return false;
                    }
                    Set<Subject> begun = connection.begun();
                    connection.close();
                    if (!begun.isEmpty()) {
                        counts.broken.increment();
                        LOG.atWarn()
                                .addKeyValue("aggregator", connection.address())
                                .addKeyValue("silent", silent)
                                .log("feed: broken, others are asked");
                    }
                    market.detached(begun, now);
                    routing.refreshLater();
                    return true;
                });
    }

    private Map<Address, Set<Subject>> wanted(long now) {
        Map<Address, Set<Subject>> wanted = new HashMap<>();
        for (FollowedInstrument each : market.wantedByName()) {
            Instrument instrument = each.instrument();
            int partition = InstrumentPartitioner.partitionOf(instrument, partitions);
            Subject subject = new Subject(each.kind(), instrument);
            Address holder = routing.holder(each.kind(), partition).orElse(null);
            if (holder == null) {
                routing.refreshLater();
            } else if (each.mayBeAsked(now) || isBegun(holder, subject)) {
                wanted.computeIfAbsent(holder, _ -> new HashSet<>()).add(subject);
            }
        }
        for (Store kind : market.wantedWholly()) {
            for (Address each : routing.instances()) {
                wanted.computeIfAbsent(each, _ -> new HashSet<>()).add(new Subject(kind, null));
            }
        }
        wanted.keySet().forEach(address -> wantedNanos.put(address, now));
        return wanted;
    }

    private boolean isBegun(Address holder, Subject subject) {
        FeedConnection connection = connections.get(holder);
        return connection != null && connection.hasBegun(subject);
    }

    private void connect(Address address, long now) {
        Long opened = openedNanos.get(address);
        if (!connections.containsKey(address)
                && (opened == null || now - opened > PAUSE.toNanos())) {
            openedNanos.put(address, now);
            connections.put(address, FeedConnection.open(address, client, secret, told));
        }
    }

    @Override
    public void close() {
        closed = true;
        market.close();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.values().forEach(FeedConnection::close);
        client.shutdownNow();
    }
}
