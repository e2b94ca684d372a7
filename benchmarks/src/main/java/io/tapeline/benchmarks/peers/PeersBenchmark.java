package io.tapeline.benchmarks.peers;

import io.tapeline.benchmarks.Answer;
import io.tapeline.benchmarks.Options;
import io.tapeline.benchmarks.tape.DepthTape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Book updates per second of processor time: of Tapeline, ccxt, tardis-dev and XChange. Each run of
 * each begins in a process of its own and follows the same diffs under the same symbols, from the
 * same kind of server; the second half of them counts, so that each has had the same to warm up.
 */
public final class PeersBenchmark {

    private static final int ROUNDS = 2;
    private static final int SYMBOLS = 40;
    private static final int BRIEF_DIFFS = 400;

    private PeersBenchmark() {}

    /**
     * @param benchmarks this module's directory
     * @throws IllegalStateException if a peer could not be measured, naming each that could not
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
        int rounds = options.brief() ? 1 : ROUNDS;
        List<Peer> peers = Peer.all(benchmarks);
        Map<String, List<PeerResult>> results = measure(peers, tape, symbols(SYMBOLS), rounds);
        String conditions =
                "%,d %s, played under %d symbols by a minimal server on loopback as fast as the"
                                .formatted(tape.diffs().size(), tape.origin(), SYMBOLS)
                        + " client takes them (benchmarks/peers/README.md). Processor time of the"
                        + " client's process over the second half of the updates; each run of each"
                        + " in a process of its own, "
                        + rounds
                        + " rounds of all by turns. \""
                        + peers.get(0).name()
                        + "\" does what the libraries do, with Tapeline's socket, decoder,"
                        + " synchronisation and books; \""
                        + peers.get(1).name()
                        + "\" is ingestor, Kafka and aggregator, exactly-once, all of it counted.";
        return new Answer(
                List.of(conditions), List.of(Answer.compared("least to most", rows(results))));
    }

    /**
     * One that fails leaves the others measured, and is not asked again.
     *
     * @return in the peers' order
     * @throws IllegalStateException at the end, if one failed
     */
    static Map<String, List<PeerResult>> measure(
            List<Peer> peers, DepthTape tape, List<String> symbols, int rounds)
            throws InterruptedException {
        Map<String, List<PeerResult>> results = new LinkedHashMap<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (Peer peer : peers) {
            results.put(peer.name(), new ArrayList<>());
            peer.prepareOnce()
                    .ifPresent(why -> failures.put(peer.name(), peer.name() + ": " + why));
        }
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : peers) {
                if (failures.containsKey(peer.name())) {
                    continue;
                }
                try {
                    tell(peer.name(), PeerRun.of(peer, tape, symbols), results);
                } catch (PeerFailure e) {
                    System.err.println(e.getMessage());
                    failures.put(peer.name(), String.valueOf(e.getMessage()));
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(
                    "peers: not measured: " + String.join("; ", failures.values()));
        }
        return results;
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
}
