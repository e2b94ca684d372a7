package io.tapeline.query.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A connection to an instance, kept for the question after the next. One thread at a time asks; any
 * may close it, which ends what is asked.
 */
final class KeptConnection implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final AnswerReader answers;
    private final InputStream in;
    private Deadline deadline = Deadline.in(Duration.ZERO);
    private long idleSinceNanos;

    private KeptConnection(Socket socket, long mostBytes) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = socket.getInputStream();
        this.answers = new AnswerReader(this::read, mostBytes);
    }

    /**
     * @param mostBytes of an answer's body
     * @param within how long connecting may take
     */
    static KeptConnection open(Address address, long mostBytes, Deadline within)
            throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(address.host(), address.port()),
                    (int) within.left().toMillis());
            return new KeptConnection(socket, mostBytes);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * @throws IOException if no whole answer came in time; the connection is of no use then
     */
    InstanceAnswer ask(byte[] request, Deadline until) throws IOException {
        deadline = until;
        answers.expect();
        out.write(request);
        return answers.read();
    }

    /** Waits no longer than the deadline, however much comes in the meantime. */
    private int read(byte[] target, int from, int length) throws IOException {
        if (deadline.hasPassed()) {
            throw new SocketTimeoutException("the time is over");
        }
        socket.setSoTimeout((int) deadline.left().toMillis());
        return in.read(target, from, length);
    }

    /** Whether nothing came of the answer: the other side may have closed before it was asked. */
    boolean heardNothing() {
        return !answers.hasBegun();
    }

    boolean goesOn() {
        return answers.goesOn();
    }

    void idleSince(long nanoTime) {
        idleSinceNanos = nanoTime;
    }

    long idleSince() {
        return idleSinceNanos;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket could not be closed", e);
        }
    }
}
