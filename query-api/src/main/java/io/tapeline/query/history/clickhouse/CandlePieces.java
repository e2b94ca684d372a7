package io.tapeline.query.history.clickhouse;

import io.tapeline.query.history.HistoryUnavailableException;
import io.tapeline.schemas.market.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the candles of a batch; those of a large one in pieces, several at a time, since the
 * engine works on one insert with one processor, and waits while the next block is being built.
 */
final class CandlePieces implements AutoCloseable {

    /** Fewer are inserted about as fast by one. */
    static final int PIECE = 25_000;

    private static final int AT_A_TIME = 2;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    AT_A_TIME, Thread.ofPlatform().daemon().name("history-insert-", 0).factory());

    /**
     * Returns when the server has all of them.
     *
     * @param token names the batch; each piece has a name of its own, equal for equal ones
     * @throws IllegalArgumentException if one of them is refused
     */
    void insert(Session to, List<Candle> candles, String token) {
        if (candles.size() < 2 * PIECE) {
            to.insert("candles", InsertCandles.block(candles), token);
            return;
        }
        List<Future<?>> pieces = new ArrayList<>();
        for (int from = 0; from < candles.size(); from += PIECE) {
            List<Candle> piece = candles.subList(from, Math.min(from + PIECE, candles.size()));
            String name = token.isEmpty() ? "" : token + " from " + from;
            pieces.add(
                    threads.submit(() -> to.insert("candles", InsertCandles.block(piece), name)));
        }
        await(pieces);
    }

    /** All of them, so that nothing is under way when the batch is tried again. */
    private static void await(List<Future<?>> pieces) {
        @Nullable RuntimeException failure = null;
        for (Future<?> piece : pieces) {
            try {
                piece.get();
            } catch (ExecutionException e) {
                failure = with(failure, e.getCause());
            } catch (InterruptedException e) {
                pieces.forEach(each -> each.cancel(true));
                Thread.currentThread().interrupt();
                throw new HistoryUnavailableException("history: interrupted", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException with(
            @Nullable RuntimeException before, @Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        RuntimeException failure =
                cause instanceof RuntimeException runtime
                        ? runtime
                        : new IllegalStateException("history: " + cause, cause);
        if (before == null) {
            return failure;
        }
        before.addSuppressed(failure);
        return before;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
