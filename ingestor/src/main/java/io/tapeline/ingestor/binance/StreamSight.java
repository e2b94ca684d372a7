package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.ingestor.watchdog.Question;
import io.tapeline.ingestor.watchdog.Sight;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** One stream on one connection as the watchdog sees it. */
final class StreamSight {

    private static final BinanceSpan UPDATE_ID =
            BinanceSpan.ofStream(EventKind.DEPTH, ExchangeTimeUnit.MILLISECONDS);
    private static final BinanceSpan TRADE_ID = BinanceSpan.ofTrades();

    private StreamSight() {}

    /** Whether silence of the stream would matter. */
    static boolean isWatched(SessionStreams.Entry entry) {
        return entry.followed().contents().getFirst().type().kind() != EventKind.PICTURES;
    }

    static Sight of(String line, String connection, String stream, SessionStreams.Entry entry) {
        List<SubscribedStream> contents = entry.followed().contents();
        SubscribedStream first = contents.getFirst();
        return new Sight(
                line,
                connection,
                stream,
                contents.size() == 1 ? first.instrument().id() : stream,
                question(contents),
                entry.activity().confirmedNanos(),
                entry.activity().count(),
                () -> newest(first.type().kind(), entry.activity()));
    }

    /**
     * A book has an id of its own; all else that comes tells of trades. Of an array of all
     * instruments, as many are asked about as weigh no more than one.
     */
    private static Question question(List<SubscribedStream> contents) {
        SubscribedStream first = contents.getFirst();
        if (first.type().kind() == EventKind.DEPTH) {
            return new Question.Book(first.instrument());
        }
        return new Question.Trades(
                contents.stream()
                        .limit(RestRequest.SomeTickers.MOST)
                        .map(SubscribedStream::instrument)
                        .collect(Collectors.<Instrument>toSet()));
    }

    private static OptionalLong newest(EventKind kind, StreamActivity activity) {
        byte[] payload = activity.payload();
        if (payload == null) {
            return OptionalLong.empty();
        }
        long id =
                switch (kind) {
                    case DEPTH -> UPDATE_ID.last(payload);
                    case KLINES, TICKERS -> TRADE_ID.last(payload);
                    case PICTURES -> 0;
                };
        return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
    }
}
