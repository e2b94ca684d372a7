package io.tapeline.chaos.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that is kept running as a supervisor would, and to which things can be done. What it
 * prints is added to one file, whichever of its lives it comes from. Thread-safe.
 */
public final class Part implements AutoCloseable {

    private static final long STOPS_WITHIN_SECONDS = 40;

    private final Member member;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process;
    private boolean wanted;
    private int ownEnds;

    public Part(Member member, List<String> command, Path log) {
        this.member = member;
        this.command = List.copyOf(command);
        this.log = log;
    }

    public Member member() {
        return member;
    }

    /** Where its output is. */
    public Path log() {
        return log;
    }

    /** Returns at once; does nothing where it runs. */
    public synchronized void start() throws IOException {
        wanted = true;
        if (process == null || !process.isAlive()) {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
        }
    }

    /** Starts it again where it has ended by itself. */
    public synchronized void tend() throws IOException {
        if (wanted && process != null && !process.isAlive()) {
            ownEnds++;
            start();
        }
    }

    /** How often it has ended without being told to. */
    public synchronized int ownEnds() {
        return ownEnds;
    }

    /** As {@code kill -9} does; returns when it is gone. It stays away until {@link #start}. */
    public synchronized void kill() throws InterruptedException {
        wanted = false;
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Asks it to end, as an operator does; one that does not in time is killed. */
    public synchronized void stop() throws InterruptedException {
        wanted = false;
        if (process != null) {
            process.destroy();
            if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** It stands still, with all its connections, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        run("kill", "-STOP", pid());
    }

    public void thaw() throws IOException, InterruptedException {
        run("kill", "-CONT", pid());
    }

    /** No file of it can grow any more, its log included. */
    public void fillDisk() throws IOException, InterruptedException {
        run("prlimit", "--pid", pid(), "--fsize=0:");
    }

    /** Ends what {@link #fillDisk} began, where the process has survived it. */
    public void freeDisk() throws IOException, InterruptedException {
        if (isAlive()) {
            run("prlimit", "--pid", pid(), "--fsize=unlimited:");
        }
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    private synchronized String pid() {
        if (process == null) {
            throw new IllegalStateException(member.words() + " was never started");
        }
        return Long.toString(process.pid());
    }

    private void run(String... words) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0 && isAlive()) {
            throw new IOException(member.words() + ": " + List.of(words) + ": " + said.strip());
        }
    }

    @Override
    public synchronized void close() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
