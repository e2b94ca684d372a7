package io.tapeline.ingestor.http;

import io.tapeline.ingestor.http.InternalServer.Reply;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.ingestor.resync.CandleFetcher;
import io.tapeline.ingestor.resync.CandleFetcher.Fetched;
import io.tapeline.schemas.binance.BinanceKlines;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /internal/klines/{venue}/{symbol}?interval=1m&from=&to=&limit=&withinMs=&priority=}:
 * fetches candles from the exchange within its limits, publishes them and answers them. {@code
 * from} and {@code to} are open times in RFC 3339, both inclusive; without {@code from} the newest
 * up to {@code to}. {@code withinMs}: how many milliseconds the one who asks waits for its turn.
 * {@code priority}: {@code backfill}, or {@code bulk} for collections of everything.
 */
public final class CandleRequests {

    static final String PATH = "/internal/klines/";

    private static final int DEFAULT_LIMIT = 500;

    /** The exchange's code for a symbol it does not have (EXCHANGES.md A.7). */
    private static final int BAD_SYMBOL = -1121;

    private final CandleFetcher fetcher;
    private final Duration within;

    /**
     * @param within longest time that one who asks is kept waiting
     */
    public CandleRequests(CandleFetcher fetcher, Duration within) {
        this.fetcher = fetcher;
        this.within = within;
    }

    Reply answer(String rawVenueAndSymbol, @Nullable String rawQuery) {
        Instrument instrument;
        RestRequest.Klines request;
        int withinMillis;
        Priority priority;
        try {
            instrument = instrument(rawVenueAndSymbol);
            QueryParameters parameters = QueryParameters.of(rawQuery);
            request = request(instrument, parameters);
            int most = Math.toIntExact(within.toMillis());
            withinMillis = parameters.number("withinMs", most, 1, most);
            priority = priority(parameters.text("priority").orElse("backfill"));
        } catch (IllegalArgumentException e) {
            return new Reply.Not(400, String.valueOf(e.getMessage()));
        }
        CompletableFuture<Fetched> fetched = fetcher.fetchForHistory(instrument, request, priority);
        try {
            return switch (fetched.get(withinMillis, TimeUnit.MILLISECONDS)) {
                case Fetched.Candles(List<RawRecord> records) -> found(records);
                case Fetched.Failed(RestOutcome outcome) -> failed(outcome);
            };
        } catch (TimeoutException e) {
            fetched.cancel(true);
            return new Reply.Not(503, "the exchange's limits leave no room now");
        } catch (ExecutionException e) {
            throw new IllegalStateException("candles of " + instrument, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Not(503, "closing");
        } catch (MalformedPayload e) {
            return new Reply.Not(502, "the exchange's candles cannot be read: " + e.getMessage());
        }
    }

    private static Instrument instrument(String rawVenueAndSymbol) {
        int slash = rawVenueAndSymbol.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("path: {venue}/{symbol} is wanted");
        }
        Venue venue = Venue.of(QueryParameters.decoded(rawVenueAndSymbol.substring(0, slash)));
        if (venue != Venue.BINANCE) {
            throw new IllegalArgumentException("venue: only binance has candles");
        }
        // A plus sign stands for itself in a path.
        String symbol = rawVenueAndSymbol.substring(slash + 1).replace("+", "%2B");
        return new Instrument(venue, QueryParameters.decoded(symbol));
    }

    private static Priority priority(String text) {
        return switch (text) {
            case "backfill" -> Priority.BACKFILL;
            case "bulk" -> Priority.BULK;
            default ->
                    throw new IllegalArgumentException(
                            "priority: \"" + text + "\" is not one of backfill, bulk");
        };
    }

    private static RestRequest.Klines request(Instrument instrument, QueryParameters parameters) {
        return new RestRequest.Klines(
                instrument.symbol(),
                Interval.of(parameters.text("interval").orElse("1m")),
                parameters.time("from").map(EpochMicros::of),
                parameters.time("to").map(EpochMicros::of),
                parameters.number("limit", DEFAULT_LIMIT, 1, RestRequest.Klines.MOST));
    }

    private static Reply found(List<RawRecord> records) throws MalformedPayload {
        CandlesAnswer.Builder answer = CandlesAnswer.newBuilder();
        Trust.Builder trust = Trust.newBuilder().setState("LIVE");
        for (RawRecord record : records) {
            answer.addItems(CandleCodec.toProto(BinanceKlines.decode(record)));
            trust.setReceivedUs(record.received().toMicros().value());
        }
        return new Reply.Found(answer.setTrust(trust).build());
    }

    private static Reply failed(RestOutcome outcome) {
        return switch (outcome) {
            case RestOutcome.Refused(_, int code, _) when code == BAD_SYMBOL ->
                    new Reply.Not(404, "symbol: the exchange does not have it");
            case RestOutcome.Refused(int status, int code, String message) ->
                    new Reply.Not(
                            502,
                            "the exchange refuses: status "
                                    + status
                                    + ", code "
                                    + code
                                    + ", "
                                    + message);
            case RestOutcome.Failed(String reason) -> new Reply.Not(503, reason);
            case RestOutcome.Answered answered ->
                    throw new IllegalStateException("not a failure: " + answered);
        };
    }
}
