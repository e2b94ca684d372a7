package io.tapeline.benchmarks.peers;

import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.benchmarks.frames.FrameServer;
import io.tapeline.benchmarks.tape.DepthTape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Book updates per second of processor time: of ccxt, tardis-dev and XChange, each in its own
 * process, and of Tapeline. Each follows the same diffs, from the same kind of server, under so
 * many symbols; the second half of them counts.
 */
public final class PeersBenchmark {

    private static final int ROUNDS = 2;
    private static final int OWN_SYMBOLS = 40;
    private static final int BRIEF_DIFFS = 400;
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /** The last snapshots are on their way. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final long PEER_SECONDS = 90;

    private static final String ALONE = "Tapeline's books alone";
    private static final String WHOLE = "Tapeline, whole";

    private PeersBenchmark() {}

    /**
     * @param benchmarks this module's directory
     */
    public static Answer run(Options options, Path benchmarks) throws Exception {
        DepthTape tape = DepthTape.busy(options.synthetic());
        if (options.brief()) {
            tape =
                    new DepthTape(
                            tape.origin(),
                            tape.symbol(),
                            tape.snapshot(),
                            tape.diffs().subList(0, BRIEF_DIFFS));
        }
        List<String> notes = new ArrayList<>();
        notes.add(
                "%,d %s, played under several symbols by a minimal server on loopback as fast as"
                                .formatted(tape.diffs().size(), tape.origin())
                        + " the client takes them (benchmarks/peers/README.md). Processor time of"
                        + " the client's process over the second half of the updates. \""
                        + ALONE
                        + "\" does what the libraries do, with Tapeline's socket, decoder,"
                        + " synchronisation and books; \""
                        + WHOLE
                        + "\" is ingestor, Kafka and aggregator, exactly-once, all of it counted; "
                        + (options.brief() ? 1 : ROUNDS)
                        + " rounds of all by turns.");
        // In this order in the table, and compared with the first.
        Map<String, List<PeerResult>> results = new LinkedHashMap<>();
        results.put(ALONE, new ArrayList<>());
        results.put(WHOLE, new ArrayList<>());
        List<Peer> runnable = new ArrayList<>();
        for (Peer peer : Peer.all(benchmarks)) {
            Optional<String> reason = peer.prepareOnce();
            if (reason.isPresent()) {
                notes.add(peer.name() + " could not be run: " + reason.get() + ".");
            } else {
                runnable.add(peer);
                results.put(peer.name(), new ArrayList<>());
            }
        }
        for (int round = 0; round < (options.brief() ? 1 : ROUNDS); round++) {
            for (Peer peer : runnable) {
                try {
                    tell(peer.name(), follow(peer, tape), results);
                } catch (IllegalStateException | ExecutionException | TimeoutException e) {
                    notes.add("A run of " + peer.name() + " failed: " + e + ".");
                }
            }
            tell(ALONE, BooksAlone.follow(tape, symbols(OWN_SYMBOLS)), results);
            tell(WHOLE, OwnBooks.follow(tape, symbols(OWN_SYMBOLS)), results);
        }
        results.values().removeIf(List::isEmpty);
        return new Answer(notes, List.of(Answer.compared("least to most", rows(results))));
    }

    private static List<String> symbols(int count) {
        return IntStream.range(0, count).mapToObj("PEER%02dUSDT"::formatted).toList();
    }

    private static void tell(
            String name, PeerResult result, Map<String, List<PeerResult>> results) {
        System.out.printf(
                "%s: %,.0f updates per processor second, %,.0f a second%n",
                name, result.updatesPerCpuSecond(), result.updatesPerSecond());
        results.computeIfAbsent(name, each -> new ArrayList<>()).add(result);
    }

    private static List<Answer.Row> rows(Map<String, List<PeerResult>> results) {
        List<Answer.Row> rows = new ArrayList<>();
        results.forEach((name, each) ->
                rows.add(
                        Answer.Row.ofRounds(
                                "book updates by processor time",
                                name,
                                "/s",
                                each.stream()
                                        .mapToDouble(PeerResult::updatesPerCpuSecond)
                                        .toArray())));
        results.forEach((name, each) ->
                rows.add(
                        Answer.Row.ofRounds(
                                "book updates by the clock",
                                name,
                                "/s",
                                each.stream()
                                        .mapToDouble(PeerResult::updatesPerSecond)
                                        .toArray())));
        return rows;
    }

    private static PeerResult follow(Peer peer, DepthTape tape) throws Exception {
        List<String> symbols = symbols(peer.symbols());
        TapePlayer player = new TapePlayer(tape, symbols);
        try (FrameServer server = new FrameServer();
                PeerRest rest = new PeerRest(tape, symbols)) {
            List<String> command = new ArrayList<>(peer.command());
            command.add(rest.url().toString());
            command.add(server.url().toString());
            command.add(String.join(",", symbols));
            command.add(Long.toString(player.events()));
            Process process =
                    new ProcessBuilder(command)
                            .directory(peer.directory().toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try {
                CompletableFuture<PeerResult> result =
                        CompletableFuture.supplyAsync(() -> read(peer, process));
                await(peer, process, "streams", server::subscribed, symbols.size());
                if (peer.asksLate()) {
                    // Its streams are subscribed by its address, before it listens to them.
                    Thread.sleep(SETTLE.multipliedBy(3));
                    player.playAll(server);
                } else {
                    // Some ask for a book when they have subscribed, some once they have seen two
                    // diffs of each symbol.
                    player.playBeginning(server);
                    await(peer, process, "snapshots", rest::snapshots, symbols.size());
                    Thread.sleep(SETTLE);
                    player.playRest(server);
                }
                return result.get(PEER_SECONDS, TimeUnit.SECONDS);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static PeerResult read(Peer peer, Process process) {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Optional<PeerResult> result = PeerResult.of(line);
                if (result.isPresent()) {
                    return result.get();
                }
                System.err.println(peer.name() + ": " + line);
            }
        } catch (IOException e) {
            throw new IllegalStateException(peer.name() + ": its output broke off", e);
        }
        throw new IllegalStateException(peer.name() + " ended without a result");
    }

    private static void await(
            Peer peer, Process process, String what, IntSupplier value, int wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (value.getAsInt() < wanted) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "%s has only %d of %d %s"
                                .formatted(peer.name(), value.getAsInt(), wanted, what));
            }
            Thread.sleep(PAUSE);
        }
    }
}
