package io.tapeline.benchmarks.peers;

import io.tapeline.benchmarks.frames.FrameServer;
import io.tapeline.benchmarks.tape.DepthTape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** One peer, once: a process of its own, a server of its own, the tape from its beginning. */
final class PeerRun {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    /** The last snapshots are on their way. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final long RESULT_SECONDS = 300;
    private static final long END_SECONDS = 30;

    /** Diffs that a peer which tells how far it is may be behind. */
    private static final long WINDOW = 30_000;

    private final Peer peer;
    private final Process process;
    private final AtomicLong applied = new AtomicLong(-1);

    private PeerRun(Peer peer, Process process) {
        this.peer = peer;
        this.process = process;
    }

    /**
     * @throws PeerFailure if the peer does not come to a result, or not to an orderly end
     */
    static PeerResult of(Peer peer, DepthTape tape, List<String> symbols)
            throws PeerFailure, InterruptedException {
        TapePlayer player = new TapePlayer(tape, symbols);
        try (FrameServer server = new FrameServer();
                PeerRest rest = new PeerRest(tape, symbols)) {
            PeerArguments told =
                    new PeerArguments(rest.url(), server.url(), symbols, player.events());
            List<String> command = new ArrayList<>(peer.command());
            command.addAll(told.words());
            Process process =
                    new ProcessBuilder(command)
                            .directory(peer.directory().toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try {
                return new PeerRun(peer, process).follow(player, server, rest, symbols.size());
            } finally {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new PeerFailure(peer.name(), e.toString(), e);
        }
    }

    private PeerResult follow(TapePlayer player, FrameServer server, PeerRest rest, int symbols)
            throws PeerFailure, InterruptedException {
        CompletableFuture<PeerResult> result = new CompletableFuture<>();
        Thread.ofVirtual().name("peer-output").start(() -> read(result));
        await("streams", server::subscribed, symbols);
        try {
            play(player, server, rest, symbols);
        } catch (IOException | IllegalStateException e) {
            throw new PeerFailure(
                    peer.name(),
                    process.waitFor(END_SECONDS, TimeUnit.SECONDS)
                            ? "ended amid the diffs with status " + process.exitValue()
                            : "hung up amid the diffs: " + e,
                    e);
        }
        PeerResult told = result(result);
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new PeerFailure(peer.name(), "told its result and did not end");
        }
        if (process.exitValue() != 0) {
            throw new PeerFailure(
                    peer.name(), "told its result and ended with status " + process.exitValue());
        }
        return told;
    }

    private void play(TapePlayer player, FrameServer server, PeerRest rest, int symbols)
            throws PeerFailure, IOException, InterruptedException {
        switch (peer.start()) {
            case SEES_A_FEW -> {
                player.playBeginning(server);
                await("snapshots", rest::snapshots, symbols);
                Thread.sleep(SETTLE);
                player.playRest(server);
            }
            case READS_ON_LATER -> {
                // Its streams are subscribed by its address, before it listens to them.
                Thread.sleep(SETTLE.multipliedBy(3));
                player.playAll(server);
            }
            case TELLS_WHEN_READY -> {
                await("of its books (0: ready)", applied::get, 0);
                player.play(server, this::appliedWhileAlive, WINDOW);
            }
        }
    }

    /** Of one that is gone nobody waits for more. */
    private long appliedWhileAlive() {
        return process.isAlive() ? applied.get() : Long.MAX_VALUE;
    }

    private PeerResult result(CompletableFuture<PeerResult> result)
            throws PeerFailure, InterruptedException {
        try {
            return result.get(RESULT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new PeerFailure(peer.name(), "told no result within " + RESULT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause == null ? null : cause.getMessage();
            throw new PeerFailure(peer.name(), why == null ? e.toString() : why, e);
        }
    }

    private void read(CompletableFuture<PeerResult> result) {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                OptionalLong progress = PeerProgress.of(line);
                Optional<PeerResult> told = PeerResult.of(line);
                if (progress.isPresent()) {
                    applied.set(progress.getAsLong());
                } else if (told.isPresent()) {
                    applied.set(Long.MAX_VALUE);
                    result.complete(told.get());
                } else {
                    System.err.println(peer.name() + ": " + line);
                }
            }
            result.completeExceptionally(
                    new IllegalStateException(
                            "ended with status " + process.waitFor() + " and without a result"));
        } catch (IOException | RuntimeException | InterruptedException e) {
            result.completeExceptionally(e);
        }
    }

    private void await(String what, LongSupplier value, long wanted)
            throws PeerFailure, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (value.getAsLong() < wanted) {
            boolean late = System.nanoTime() - deadline > 0;
            if (!process.isAlive() || late) {
                throw new PeerFailure(
                        peer.name(),
                        "%s with %d of %d %s"
                                .formatted(
                                        process.isAlive()
                                                ? "stands after " + READY_WITHIN.toSeconds() + " s"
                                                : "ended with status " + process.exitValue(),
                                        value.getAsLong(),
                                        wanted,
                                        what));
            }
            Thread.sleep(PAUSE);
        }
    }
}
