package io.tapeline.aggregator.query;

import io.tapeline.aggregator.tap.Feed;
import io.tapeline.aggregator.tap.Next;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.FeedGone;
import io.tapeline.schemas.proto.FeedMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.io.Content;

/**
 * Writes one feed, on a thread of its own, until either side ends it. All that waits goes out in
 * one write; while a write waits for the follower, the feed's queue fills.
 */
final class FeedWriter {

    private static final Duration BEAT = Duration.ofSeconds(1);

    /** Written at once; a book that is told whole may be more. */
    private static final int MOST_GATHERED = 128 << 10;

    private final Feed feed;
    private final HeldState held;
    private final Content.Sink sink;
    private final Clock clock = Clock.systemUTC();
    private final FeedBytes bytes = new FeedBytes();

    FeedWriter(Feed feed, HeldState held, Content.Sink sink) {
        this.feed = feed;
        this.held = held;
        this.sink = sink;
    }

    /**
     * Returns when the feed is closed.
     *
     * @throws IOException if the follower is gone
     */
    void run(String id) throws IOException, InterruptedException {
        bytes.add(FeedMessage.newBuilder().setOpened(id).build());
        Content.Sink.write(sink, false, bytes.take());
        while (true) {
            Next next = feed.take(bytes.size() == 0 ? BEAT : Duration.ZERO);
            switch (next) {
                case Next.Closed _ -> {
                    Content.Sink.write(sink, true, bytes.take());
                    return;
                }
                case Next.Quiet _ -> {
                    if (bytes.size() == 0) {
                        bytes.add(beat());
                    }
                    Content.Sink.write(sink, false, bytes.take());
                }
                case Next.Tell(var accepted) -> bytes.add(accepted);
                case Next.TellHeld due -> tell(due);
                case Next.TellAllHeld(var kind) -> {
                    feed.beginsAll(kind);
                    held.all(kind).forEach(bytes::add);
                }
                case Next.TellGone gone -> bytes.add(gone(gone));
            }
            if (bytes.size() >= MOST_GATHERED) {
                Content.Sink.write(sink, false, bytes.take());
            }
        }
    }

    private void tell(Next.TellHeld due) {
        feed.begins(due.place());
        switch (held.of(due.place())) {
            case HeldState.Held.Here(List<FeedMessage> messages) -> messages.forEach(bytes::add);
            case HeldState.Held.Elsewhere(String reason) ->
                    bytes.add(gone(feed.giveUp(due.place(), reason)));
        }
    }

    private FeedMessage beat() {
        return FeedMessage.newBuilder()
                .setBeatUs(EpochMicros.ofMillis(clock.millis()).value())
                .build();
    }

    private static FeedMessage gone(Next.TellGone gone) {
        Instrument instrument = gone.instrument();
        return FeedMessage.newBuilder()
                .setGone(
                        FeedGone.newBuilder()
                                .setStore(gone.kind().store())
                                .setInstrument(instrument.id())
                                .setReason(gone.reason()))
                .build();
    }
}
