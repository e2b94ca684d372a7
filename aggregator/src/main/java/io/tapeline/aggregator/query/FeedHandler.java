package io.tapeline.aggregator.query;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.aggregator.tap.Feed;
import io.tapeline.aggregator.tap.Kind;
import io.tapeline.aggregator.tap.Tap;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.FeedRequest;
import io.tapeline.schemas.proto.FeedSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /internal/feed} opens a feed, whose first message is its id, and {@code POST
 * /internal/feed/{id}} changes what it tells.
 */
final class FeedHandler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedHandler.class);
    private static final String PATH = "/internal/feed";
    private static final int MOST_REQUEST_BYTES = 4 << 20;

    private final Tap tap;
    private final HeldState held;
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    FeedHandler(Tap tap, HeldState held) {
        this.tap = tap;
        this.held = held;
    }

    boolean handles(Request request) {
        String path = request.getHttpURI().getPath();
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    void handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        boolean one = path.length() > PATH.length() + 1;
        HttpMethod wanted = one ? HttpMethod.POST : HttpMethod.GET;
        if (!wanted.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, wanted.asString());
            QueryHandler.refuse(
                    response,
                    callback,
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    "method: allowed: " + wanted);
        } else if (one) {
            change(path.substring(PATH.length() + 1), request, response, callback);
        } else {
            open(response, callback);
        }
    }

    private void open(Response response, Callback callback) {
        Optional<Feed> opened = closed ? Optional.empty() : tap.open();
        if (opened.isEmpty()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            QueryHandler.refuse(
                    response,
                    callback,
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "feed: there are as many as are allowed, or the instance stops");
            return;
        }
        Feed feed = opened.get();
        String id = UUID.randomUUID().toString();
        feeds.put(id, feed);
        if (closed) {
            feed.close();
        }
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        // Blocks while the follower does not read, which a thread of the server must not. There are
        // few feeds, and none shall stand in the line of all virtual threads of a process.
        Thread.ofPlatform()
                .daemon()
                .name("feed-" + id)
                .start(() -> write(id, feed, response, callback));
    }

    private void write(String id, Feed feed, Response response, Callback callback) {
        LOG.atInfo().addKeyValue("feed", id).log("Feed opened");
        try (feed) {
            new FeedWriter(feed, held, response).run(id);
            callback.succeeded();
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (!(e instanceof IOException)) {
                LOG.atWarn().setCause(e).addKeyValue("feed", id).log("Feed failed");
            }
            callback.failed(e);
        } finally {
            feeds.remove(id);
            LOG.atInfo().addKeyValue("feed", id).log("Feed ended");
        }
    }

    private void change(String id, Request request, Response response, Callback callback) {
        Feed feed = feeds.get(id);
        if (feed == null) {
            QueryHandler.refuse(
                    response, callback, HttpStatus.NOT_FOUND_404, "feed: there is none of this id");
            return;
        }
        var _ =
                Content.Source.asByteArrayAsync(request, MOST_REQUEST_BYTES)
                        .whenComplete((body, failure) -> {
                            if (failure == null) {
                                change(feed, body, response, callback);
                            } else {
                                Response.writeError(
                                        request,
                                        response,
                                        callback,
                                        HttpStatus.BAD_REQUEST_400,
                                        "body: cannot be read, or is too large");
                            }
                        });
    }

    private static void change(Feed feed, byte[] body, Response response, Callback callback) {
        List<Runnable> changes = new ArrayList<>();
        try {
            FeedRequest request = FeedRequest.parseFrom(body);
            for (FeedSubject subject : request.getEndList()) {
                changes.add(of(subject, feed::endAll, feed::end));
            }
            for (FeedSubject subject : request.getBeginList()) {
                changes.add(of(subject, feed::beginAll, feed::begin));
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            QueryHandler.refuse(
                    response, callback, HttpStatus.BAD_REQUEST_400, "body: " + e.getMessage());
            return;
        }
        changes.forEach(Runnable::run);
        response.setStatus(HttpStatus.NO_CONTENT_204);
        callback.succeeded();
    }

    private interface OfOne {
        void change(Kind kind, Instrument instrument);
    }

    private static Runnable of(FeedSubject subject, Consumer<Kind> ofAll, OfOne ofOne) {
        Kind kind = Kind.of(subject.getStore());
        if (subject.getInstrument().isEmpty()) {
            if (kind == Kind.BOOKS) {
                throw new IllegalArgumentException("instrument: needed for books");
            }
            return () -> ofAll.accept(kind);
        }
        Instrument instrument = Instrument.parse(subject.getInstrument());
        return () -> ofOne.change(kind, instrument);
    }

    /** Ends all feeds; their writers close the connections. No more are opened. */
    @Override
    public void close() {
        closed = true;
        feeds.values().forEach(Feed::close);
    }
}
