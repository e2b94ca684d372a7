package io.tapeline.chaos.installation;

import io.tapeline.chaos.market.HastyExchange;
import io.tapeline.chaos.market.MovedClock;
import io.tapeline.chaos.market.SimulatorAdmin;
import io.tapeline.chaos.network.Link;
import io.tapeline.chaos.network.Wire;
import io.tapeline.chaos.part.Member;
import io.tapeline.chaos.part.Part;
import io.tapeline.exchange.Limits;
import io.tapeline.exchange.SimulatedExchange;
import io.tapeline.exchange.SimulatorSettings;
import io.tapeline.exchange.Source;
import io.tapeline.schemas.topic.TopicSetup;
import io.tapeline.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two of each service, a broker and an engine, each a process of its own and kept running as a
 * supervisor would; wires between some of them; and the exchange, in this process, where its clock
 * can be moved. Closing it ends all of them and leaves their files.
 */
public final class Installation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
    private static final int PAIRS = 6;
    private static final int EVENTS_PER_SECOND = 150;
    private static final int BOOK_LEVELS = 150;
    private static final Duration LISTENS_WITHIN = Duration.ofSeconds(90);
    private static final Duration TENDS_EVERY = Duration.ofSeconds(1);
    private static final List<Member> FOUNDATION = List.of(Member.BROKER, Member.ENGINE);

    private final Path directory;
    private final Ports ports;
    private final Readiness readiness;
    private final EngineRoom engineRoom;
    private final MovedClock clock = new MovedClock();
    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    private final Map<Link, Wire> wires = new EnumMap<>(Link.class);
    private final Map<Member, Part> parts = new EnumMap<>(Member.class);
    private final SimulatedExchange exchange;
    private final SimulatorAdmin admin;
    private final Commands commands;
    private volatile boolean closed;

    private Installation(Path directory, long seed) throws IOException {
        this.directory = Files.createDirectories(directory);
        ports = Ports.free();
        readiness = new Readiness(ports);
        engineRoom = new EngineRoom(engine());
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                        Source.Synthetic.demo()
                                                .withPairs(PAIRS)
                                                .withSeed(seed)
                                                .withBookLevels(BOOK_LEVELS)
                                                .withEventsPerSecond(EVENTS_PER_SECOND))
                                .withClock(clock)
                                .withLimits(
                                        Limits.real()
                                                .withPings(
                                                        Duration.ofSeconds(1),
                                                        Duration.ofSeconds(3)))
                                .withVenues(HastyExchange.venues()));
        admin = new SimulatorAdmin(exchange);
        for (Link link : Link.values()) {
            wires.put(
                    link,
                    new Wire(
                            switch (link) {
                                case INGESTOR_1_TO_EXCHANGE, INGESTOR_2_TO_EXCHANGE ->
                                        exchange.port();
                                case QUERY_API_1_TO_ENGINE, QUERY_API_2_TO_ENGINE ->
                                        ports.of(Member.ENGINE);
                            }));
        }
        commands = new Commands(this.directory, ports, wires);
    }

    /**
     * Starts everything; returns when all services have been started over topics that are there.
     *
     * @param directory for all that its processes keep and print
     * @param seed of the market
     */
    public static Installation start(Path directory, long seed) throws Exception {
        Installation installation = new Installation(directory, seed);
        try {
            installation.begin();
            return installation;
        } catch (Exception | Error e) {
            installation.close();
            throw e;
        }
    }

    private void begin() throws Exception {
        for (Member member : Member.values()) {
            parts.put(
                    member,
                    new Part(
                            member,
                            commands.of(member),
                            directory.resolve(member.words() + ".log")));
        }
        // Also those that are frozen, which do not see the end of their input.
        Runtime.getRuntime().addShutdownHook(new Thread(this::endParts));
        for (Member member : FOUNDATION) {
            part(member).start();
        }
        for (Member member : FOUNDATION) {
            awaitListening(member);
        }
        try (Admin kafka =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()))) {
            TopicSetup.ensure(kafka, topics, Commands.PARTITIONS, (short) 1);
        }
        for (Part part : parts.values()) {
            part.start();
        }
        Thread.ofVirtual().name("supervisor").start(this::tend);
    }

    private void awaitListening(Member member) throws IOException {
        long deadline = System.nanoTime() + LISTENS_WITHIN.toNanos();
        while (!readiness.listens(member)) {
            if (System.nanoTime() - deadline > 0 || !part(member).isAlive()) {
                throw new IOException(
                        member.words() + " does not listen; see " + part(member).log());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private void tend() {
        while (!closed) {
            LockSupport.parkNanos(TENDS_EVERY.toNanos());
            for (Part part : parts.values()) {
                try {
                    part.tend();
                } catch (IOException e) {
                    LOG.atError()
                            .setCause(e)
                            .addKeyValue("part", part.member().words())
                            .log("A part cannot be started again");
                }
            }
        }
    }

    public Part part(Member member) {
        Part part = parts.get(member);
        if (part == null) {
            throw new IllegalStateException("installation: there is no " + member.words());
        }
        return part;
    }

    /** Those that cannot be used now, each with why; empty: none. */
    public String notReady() throws InterruptedException {
        List<String> complaints = new ArrayList<>();
        for (Part part : parts.values()) {
            String complaint = part.isAlive() ? readiness.complaint(part.member()) : "does not run";
            if (!complaint.isEmpty()) {
                complaints.add(part.member().words() + " " + complaint);
            }
        }
        return String.join(", ", complaints);
    }

    /** How often any has ended without being told to. */
    public int ownEnds() {
        return parts.values().stream().mapToInt(Part::ownEnds).sum();
    }

    Wire wire(Link link) {
        Wire wire = wires.get(link);
        if (wire == null) {
            throw new IllegalStateException("installation: there is no " + link.words());
        }
        return wire;
    }

    EngineRoom engineRoom() {
        return engineRoom;
    }

    MovedClock clock() {
        return clock;
    }

    public SimulatedExchange exchange() {
        return exchange;
    }

    public SimulatorAdmin admin() {
        return admin;
    }

    public Topics topics() {
        return topics;
    }

    public String bootstrap() {
        return commands.bootstrap();
    }

    /** Of the engine's HTTP interface, by no wire. */
    public URI engine() {
        return URI.create("http://127.0.0.1:" + ports.of(Member.ENGINE));
    }

    /** Of both query APIs. */
    public List<URI> queryApis() {
        return List.of(
                URI.create("http://127.0.0.1:" + ports.of(Member.QUERY_API_1)),
                URI.create("http://127.0.0.1:" + ports.of(Member.QUERY_API_2)));
    }

    /** What is subscribed of each pair. */
    public List<String> streamTypes() {
        return HastyExchange.TYPES;
    }

    public List<String> lines() {
        return Commands.LINES;
    }

    @Override
    public void close() throws IOException {
        endParts();
        for (Wire wire : wires.values()) {
            wire.close();
        }
        engineRoom.close();
        readiness.close();
        admin.close();
        exchange.close();
    }

    private void endParts() {
        closed = true;
        parts.values().forEach(Part::close);
    }
}
