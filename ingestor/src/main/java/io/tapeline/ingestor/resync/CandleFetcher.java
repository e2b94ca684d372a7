package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.EpochNanos;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.raw.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches candles from the exchange and publishes each, verbatim, to the raw topic, by which they
 * reach everybody like those of a stream. Thread-safe.
 */
public final class CandleFetcher {

    /** The line of what was asked for rather than streamed. */
    public static final String LINE = "rest";

    /** What a fetch brought. */
    public sealed interface Fetched {

        /** The candles, oldest first; also published. */
        record Candles(List<RawRecord> records) implements Fetched {}

        /** Nothing, or not all, for this reason. */
        record Failed(RestOutcome outcome) implements Fetched {}
    }

    /** How an answer is published. */
    private enum Part {
        WHOLE,
        ALL_BUT_NEWEST,
        /** The whole answer, under a stream that says that it is for the past. */
        FOR_HISTORY
    }

    private final RestClient rest;
    private final RawRoutes routes;
    private final ExchangeTimeUnit unit;

    public CandleFetcher(RestClient rest, RawRoutes routes, ExchangeTimeUnit unit) {
        this.rest = rest;
        this.routes = routes;
        this.unit = unit;
    }

    /**
     * One request's worth of candles that complete the past, however old they are and whether the
     * instrument is streamed or not; never completes exceptionally.
     */
    public CompletableFuture<Fetched> fetchForHistory(
            Instrument instrument, RestRequest.Klines request, Priority priority) {
        return fetch(instrument, request, Part.FOR_HISTORY, priority);
    }

    /**
     * The newest candles but the last, which is open: the stream tells it. The number of candles
     * published, or a {@link FetchFailedException}.
     *
     * @param count to ask for, the open one included
     */
    CompletableFuture<Integer> fetchClosed(
            Instrument instrument, Interval interval, int count, Priority priority) {
        return newest(instrument, interval, count, priority).thenApply(List::size);
    }

    /**
     * As {@link #fetchClosed}; and the range, if its beginning is no longer among them because the
     * request had to wait.
     */
    CompletableFuture<Integer> fetchNewest(Want.Candles range, int count, Priority priority) {
        return newest(range.instrument(), range.interval(), count, priority)
                .thenCompose(records ->
                        reaches(range.from(), count, records.stream().map(this::openTime).toList())
                                ? CompletableFuture.completedFuture(records.size())
                                : fetchRange(range, priority));
    }

    /**
     * Whether closed candles go back to a time, or as far as there are any.
     *
     * @param asked how many were asked for, the open one included
     * @param openTimes of those that came, without the open one, in order
     */
    static boolean reaches(EpochMicros from, int asked, List<EpochMicros> openTimes) {
        return openTimes.size() + 1 < asked || !openTimes.getFirst().isAfter(from);
    }

    private CompletableFuture<List<RawRecord>> newest(
            Instrument instrument, Interval interval, int count, Priority priority) {
        RestRequest.Klines request =
                new RestRequest.Klines(
                        instrument.symbol(), interval, Optional.empty(), Optional.empty(), count);
        return fetch(instrument, request, Part.ALL_BUT_NEWEST, priority)
                .thenCompose(CandleFetcher::candles);
    }

    private static CompletableFuture<List<RawRecord>> candles(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Failed(RestOutcome outcome) ->
                    CompletableFuture.failedFuture(new FetchFailedException(outcome));
            case Fetched.Candles(List<RawRecord> records) ->
                    CompletableFuture.completedFuture(records);
        };
    }

    private CompletableFuture<Fetched> fetch(
            Instrument instrument, RestRequest.Klines request, Part part, Priority priority) {
        return rest.ask(request, priority)
                .thenApply(outcome ->
                        switch (outcome) {
                            case RestOutcome.Answered answered ->
                                    publish(instrument, request.interval(), part, answered);
                            case RestOutcome.Refused refused -> new Fetched.Failed(refused);
                            case RestOutcome.Failed failed -> new Fetched.Failed(failed);
                        });
    }

    /** All of a range, in as many requests as it takes; the number of candles published. */
    CompletableFuture<Integer> fetchRange(Want.Candles want, Priority priority) {
        return fetchRange(want, want.from(), 0, priority);
    }

    private CompletableFuture<Integer> fetchRange(
            Want.Candles want, EpochMicros from, int before, Priority priority) {
        RestRequest.Klines page =
                new RestRequest.Klines(
                        want.instrument().symbol(),
                        want.interval(),
                        Optional.of(from),
                        Optional.of(want.to()),
                        RestRequest.Klines.MOST);
        return fetch(want.instrument(), page, Part.WHOLE, priority)
                .thenCompose(CandleFetcher::candles)
                .thenCompose(records -> next(want, records, before, priority));
    }

    private CompletableFuture<Integer> next(
            Want.Candles want, List<RawRecord> records, int before, Priority priority) {
        int count = before + records.size();
        if (records.size() < RestRequest.Klines.MOST) {
            return CompletableFuture.completedFuture(count);
        }
        EpochMicros from = want.interval().next(openTime(records.getLast()));
        return from.isAfter(want.to())
                ? CompletableFuture.completedFuture(count)
                : fetchRange(want, from, count, priority);
    }

    private EpochMicros openTime(RawRecord candle) {
        return new EpochMicros(BinanceSpan.ofKlineElement(unit).first(candle.payload()));
    }

    private Fetched publish(
            Instrument instrument, Interval interval, Part part, RestOutcome.Answered answered) {
        String stream =
                switch (part) {
                    case WHOLE, ALL_BUT_NEWEST -> RestRequest.Klines.stream(interval);
                    case FOR_HISTORY -> RestRequest.Klines.streamForHistory(interval);
                };
        RawRoute route =
                routes.route(
                        instrument,
                        EventKind.KLINES,
                        BinanceSpan.ofKlineElement(unit),
                        stream,
                        LINE,
                        unit);
        byte[] body = answered.body();
        JsonElements elements = new JsonElements(body, 0, body.length);
        List<RawRecord> records = new ArrayList<>();
        while (elements.next()) {
            byte[] element = Arrays.copyOfRange(body, elements.elementFrom(), elements.elementTo());
            records.add(
                    new RawRecord(
                            instrument,
                            element,
                            stream,
                            LINE,
                            new EpochNanos(answered.receivedNanos()),
                            unit));
        }
        if (!elements.wellFormed()) {
            return new Fetched.Failed(new RestOutcome.Failed("the answer is not an array"));
        }
        if (part == Part.ALL_BUT_NEWEST && !records.isEmpty()) {
            records.removeLast();
        }
        records.forEach(record -> route.publish(record.payload(), answered.receivedNanos()));
        return new Fetched.Candles(List.copyOf(records));
    }
}
