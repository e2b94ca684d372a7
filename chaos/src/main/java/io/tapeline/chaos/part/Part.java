package io.tapeline.chaos.part;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is kept running as a supervisor would, and to which things can be done. What it
 * prints is added to one file, whichever of its lives it comes from. Thread-safe.
 */
public final class Part implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Part.class);

    /** The soft limit alone, which an ordinary user may raise again. */
    private static final String NO_ROOM = "--fsize=0:";

    private static final long STOPS_WITHIN_SECONDS = 40;

    private final Member member;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process;
    private boolean wanted;
    private boolean diskIsFull;
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
            List<String> words =
                    new ArrayList<>(diskIsFull ? List.of("prlimit", NO_ROOM) : List.of());
            words.addAll(command);
            Process begun = new ProcessBuilder(words).redirectErrorStream(true).start();
            Thread.ofVirtual().start(() -> keepOutput(begun));
            process = begun;
        }
    }

    /** By this process, whose disk is never full. */
    private void keepOutput(Process begun) {
        try (InputStream said = begun.getInputStream();
                OutputStream kept =
                        Files.newOutputStream(
                                log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            said.transferTo(kept);
        } catch (IOException e) {
            // Its pipe is closed where it is killed.
            LOG.atDebug().setCause(e).addKeyValue("part", member.words()).log("Its output ended");
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
            // Not by Process, which would close its input, and that ends it at once.
            process.toHandle().destroy();
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

    /** No file of it can grow any more, nor of those that are started in its place. */
    public synchronized void fillDisk() throws IOException, InterruptedException {
        diskIsFull = true;
        run("prlimit", "--pid", pid(), NO_ROOM);
    }

    /** Ends what {@link #fillDisk} began. */
    public synchronized void freeDisk() throws IOException, InterruptedException {
        diskIsFull = false;
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
