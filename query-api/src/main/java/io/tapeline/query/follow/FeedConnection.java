package io.tapeline.query.follow;

import com.google.protobuf.CodedInputStream;
import io.tapeline.query.routing.Address;
import io.tapeline.schemas.access.SharedSecret;
import io.tapeline.schemas.proto.FeedMessage;
import io.tapeline.schemas.proto.FeedRequest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed of one aggregator. A thread of its own reads it and hands on what is told; {@link
 * #follow} is for one other thread. Once it has ended, another is opened.
 */
final class FeedConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedConnection.class);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final int BUFFER_BYTES = 256 << 10;

    /** A book of 20,000 levels a side is under a megabyte. */
    private static final int MOST_MESSAGE_BYTES = 16 << 20;

    private final Address address;
    private final HttpClient client;
    private final SharedSecret secret;
    private final Told told;
    private final Set<Subject> begun = new HashSet<>();
    private volatile @Nullable String id;
    private volatile @Nullable InputStream body;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean ended;
    private volatile boolean asking;

    /** Who is told. */
    interface Told {

        /**
         * On the connection's thread.
         *
         * @return false if it could not be understood
         */
        boolean message(FeedConnection from, FeedMessage message);

        /** There is something to do: it has opened, ended, or answered. */
        void changed();
    }

    private FeedConnection(Address address, HttpClient client, SharedSecret secret, Told told) {
        this.address = address;
        this.client = client;
        this.secret = secret;
        this.told = told;
    }

    static FeedConnection open(Address address, HttpClient client, SharedSecret secret, Told told) {
        FeedConnection connection = new FeedConnection(address, client, secret, told);
        Thread.ofPlatform().daemon().name("feed-" + address).start(connection::read);
        return connection;
    }

    Address address() {
        return address;
    }

    private void read() {
        try {
            HttpResponse<InputStream> answer =
                    client.send(request("/internal/feed").build(), BodyHandlers.ofInputStream());
            try (InputStream in = new BufferedInputStream(answer.body(), BUFFER_BYTES)) {
                body = answer.body();
                if (answer.statusCode() == 200 && !ended) {
                    readFrom(in);
                }
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).addKeyValue("aggregator", address).log("feed: broken");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            told.changed();
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_WITHIN);
        secret.told().ifPresent(told -> request.header(SharedSecret.HEADER, told));
        return request;
    }

    private void readFrom(InputStream in) throws IOException {
        while (!ended) {
            int first = in.read();
            if (first < 0) {
                return;
            }
            int length = CodedInputStream.readRawVarint32(first, in);
            if (length < 0 || length > MOST_MESSAGE_BYTES) {
                throw new IOException("feed: a message of " + length + " bytes");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("feed: ends within a message");
            }
            heardNanos = System.nanoTime();
            FeedMessage message = FeedMessage.parseFrom(bytes);
            if (message.getToldCase() == FeedMessage.ToldCase.OPENED) {
                id = message.getOpened();
                told.changed();
            } else if (!told.message(this, message)) {
                throw new IOException("feed: a message cannot be understood");
            }
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** Since the last message. */
    long silentNanos(long nanoTime) {
        return nanoTime - heardNanos;
    }

    /** What it was asked to tell and may tell of. */
    synchronized Set<Subject> begun() {
        return Set.copyOf(begun);
    }

    synchronized boolean hasBegun(Subject subject) {
        return begun.contains(subject);
    }

    /** It will not tell of this until asked again. */
    synchronized void gone(Subject subject) {
        begun.remove(subject);
    }

    /** Asks it to tell of just these; at most one request is under way. */
    void follow(Set<Subject> wanted) {
        String feed = id;
        if (feed == null || asking || ended) {
            return;
        }
        FeedRequest request = difference(wanted);
        if (request.getBeginCount() + request.getEndCount() == 0) {
            return;
        }
        asking = true;
        var _ =
                client.sendAsync(
                                request("/internal/feed/" + feed)
                                        .POST(BodyPublishers.ofByteArray(request.toByteArray()))
                                        .build(),
                                BodyHandlers.discarding())
                        .whenComplete((answer, failure) -> {
                            asking = false;
                            if (failure != null || answer.statusCode() != 204) {
                                LOG.atWarn()
                                        .setCause(failure)
                                        .addKeyValue("aggregator", address)
                                        .log("feed: does not take a request");
                                close();
                            }
                            told.changed();
                        });
    }

    private synchronized FeedRequest difference(Set<Subject> wanted) {
        FeedRequest.Builder request = FeedRequest.newBuilder();
        for (Subject subject : begun) {
            if (!wanted.contains(subject)) {
                request.addEnd(subject.toProto());
            }
        }
        for (Subject subject : wanted) {
            if (!begun.contains(subject)) {
                request.addBegin(subject.toProto());
            }
        }
        begun.clear();
        begun.addAll(wanted);
        return request.build();
    }

    @Override
    public void close() {
        ended = true;
        InputStream open = body;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).addKeyValue("aggregator", address).log("feed: close");
            }
        }
    }
}
