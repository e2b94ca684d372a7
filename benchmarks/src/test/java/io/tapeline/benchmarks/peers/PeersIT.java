package io.tapeline.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.benchmarks.tape.DepthTape;
import io.tapeline.benchmarks.tape.SyntheticDepth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Peers in processes of their own; what they measure is of no interest here. */
class PeersIT {

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final List<String> SYMBOLS = List.of("PEER00USDT", "PEER01USDT", "PEER02USDT");
    private static final int DIFFS = 200;

    private static DepthTape tape() {
        DepthTape usual = SyntheticDepth.usual().tape();
        return new DepthTape(
                usual.origin(), usual.symbol(), usual.snapshot(), usual.diffs().subList(0, DIFFS));
    }

    private static Peer failing(String name, List<String> prepare, Path prepared) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Peer(
                name,
                Peer.Start.SEES_A_FEW,
                HERE,
                List.of(java, "-cp", "nowhere", "NoSuchPeer"),
                prepare,
                prepared);
    }

    @Test
    void tapeline_in_both_forms_applies_each_diff_and_tells_the_cost_of_the_second_half()
            throws Exception {
        List<Peer> own =
                List.of(
                        Peer.own("alone", BooksAlone.class, "-Xmx256m"),
                        Peer.own("whole", OwnBooks.class, "-Xmx512m"));

        Map<String, List<PeerResult>> results = PeersBenchmark.measure(own, tape(), SYMBOLS, 1);

        assertThat(results.keySet()).containsExactly("alone", "whole");
        List<PeerResult> all = new ArrayList<>();
        results.values().forEach(all::addAll);
        assertThat(all)
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.updates()).isBetween(1L, 300L));
    }

    @Test
    void peers_that_come_to_no_result_are_named_with_the_reason() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> prepare = List.of(java, "--no-such-option");
        assertThatThrownBy(() ->
                        PeersBenchmark.measure(
                                List.of(
                                        failing("ends at once", List.of(), HERE),
                                        failing("not built", prepare, HERE.resolve("never"))),
                                tape(),
                                SYMBOLS,
                                1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "peers: not measured: not built: "
                                + String.join(" ", prepare)
                                + " ended with status 1; ends at once: ended with status 1"
                                + " with 0 of 3 streams");
    }
}
