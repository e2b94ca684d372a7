package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.binance.BinanceSpan;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.json.JsonMembers;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches 24 hour statistics and publishes each instrument's, verbatim, to the raw topic.
 * Thread-safe.
 */
public final class TickerFetcher {

    /** From here on one request for all weighs no more than one for each. */
    private static final int ALL_FROM =
            RestRequest.Tickers.WEIGHT_OF_ALL / RestRequest.Tickers.WEIGHT_OF_ONE;

    private static final byte[] SYMBOL = "symbol".getBytes(StandardCharsets.US_ASCII);

    private final RestClient rest;
    private final RawRoutes routes;
    private final ExchangeTimeUnit unit;

    public TickerFetcher(RestClient rest, RawRoutes routes, ExchangeTimeUnit unit) {
        this.rest = rest;
        this.routes = routes;
        this.unit = unit;
    }

    /**
     * By the requests that weigh least. Fails with a {@link FetchFailedException}: a refusal only
     * if nothing failed but what the exchange refuses, so that the others are asked for again.
     */
    CompletableFuture<@Nullable Void> fetch(Set<Instrument> instruments, Priority priority) {
        if (instruments.size() >= ALL_FROM) {
            return ask(RestRequest.Tickers.ofAll(), priority)
                    .thenAccept(answered -> publishElements(instruments, answered));
        }
        return all(instruments.stream().map(instrument -> one(instrument, priority)).toList());
    }

    /** Completes when all have, as one that failed and was not refused if there is such a one. */
    static CompletableFuture<@Nullable Void> all(List<CompletableFuture<@Nullable Void>> fetches) {
        return CompletableFuture.allOf(fetches.toArray(CompletableFuture[]::new))
                .handle((_, _) -> fetches)
                .thenCompose(ended ->
                        ended.stream()
                                .filter(CompletableFuture::isCompletedExceptionally)
                                .min(Comparator.comparing(TickerFetcher::isRefused))
                                .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    private static boolean isRefused(CompletableFuture<?> failed) {
        Throwable failure = failed.exceptionNow();
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof FetchFailedException fetch && fetch.refused();
    }

    private CompletableFuture<@Nullable Void> one(Instrument instrument, Priority priority) {
        return ask(RestRequest.Tickers.of(instrument.symbol()), priority)
                .thenAccept(
                        answered -> publish(instrument, answered.body(), answered.receivedNanos()));
    }

    private CompletableFuture<RestOutcome.Answered> ask(
            RestRequest.Tickers request, Priority priority) {
        return rest.ask(request, priority)
                .thenCompose(outcome ->
                        switch (outcome) {
                            case RestOutcome.Answered answered ->
                                    CompletableFuture.completedFuture(answered);
                            case RestOutcome.Refused refused ->
                                    CompletableFuture.failedFuture(
                                            new FetchFailedException(refused));
                            case RestOutcome.Failed failed ->
                                    CompletableFuture.failedFuture(
                                            new FetchFailedException(failed));
                        });
    }

    private void publishElements(Collection<Instrument> wanted, RestOutcome.Answered answered) {
        Map<String, Instrument> bySymbol = new HashMap<>();
        wanted.forEach(instrument -> bySymbol.put(instrument.symbol(), instrument));
        byte[] body = answered.body();
        JsonElements elements = new JsonElements(body, 0, body.length);
        while (elements.next()) {
            Instrument instrument =
                    bySymbol.get(symbol(body, elements.elementFrom(), elements.elementTo()));
            if (instrument != null) {
                byte[] element =
                        Arrays.copyOfRange(body, elements.elementFrom(), elements.elementTo());
                publish(instrument, element, answered.receivedNanos());
            }
        }
        if (!elements.wellFormed()) {
            throw new FetchFailedException("the answer is not an array");
        }
    }

    /** Empty, which is no instrument's, if the element names none. */
    private static String symbol(byte[] body, int from, int to) {
        JsonMembers members = new JsonMembers(body, from, to);
        while (members.next()) {
            if (members.keyIs(SYMBOL) && members.valueIsString()) {
                return members.valueText();
            }
        }
        return "";
    }

    private void publish(Instrument instrument, byte[] element, long receivedNanos) {
        routes.route(
                        instrument,
                        EventKind.TICKERS,
                        BinanceSpan.ofTickerElement(unit),
                        RestRequest.Tickers.STREAM,
                        CandleFetcher.LINE,
                        unit)
                .publish(element, receivedNanos);
    }
}
