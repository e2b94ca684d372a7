package io.tapeline.aggregator.query;

import io.tapeline.aggregator.line.LineKind;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.topology.CatchUp;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether the active partitions of this instance are of the present, by what Kafka said of their
 * inputs.
 */
public final class Currency {

    private final CatchUp catchUp;
    private final Duration within;
    private final LongSupplier nanoTime;

    /**
     * @param within how old the present may be
     */
    public Currency(CatchUp catchUp, Duration within, LongSupplier nanoTime) {
        this.catchUp = catchUp;
        this.within = within;
        this.nanoTime = nanoTime;
    }

    /** Of a partition that is active here: as far as its input is that has come least far. */
    Standing of(String store, int partition) {
        long now = nanoTime.getAsLong();
        Standing standing = Standing.CURRENT;
        for (LineKind kind : inputs(store)) {
            switch (catchUp.of(kind, partition, within, now)) {
                case PRESENT -> {}
                case BEHIND -> standing = standing == Standing.CURRENT ? Standing.BEHIND : standing;
                case UNHEARD -> standing = Standing.CUT_OFF;
            }
        }
        return standing;
    }

    /** Else what this instance knows of the others may be old as well. */
    boolean isHeard() {
        return catchUp.isHeard(within, nanoTime.getAsLong());
    }

    private static List<LineKind> inputs(String store) {
        return switch (store) {
            case StoreNames.BOOKS -> List.of(LineKind.DEPTH);
            case StoreNames.CANDLES -> List.of(LineKind.KLINES);
            case StoreNames.TICKERS -> List.of(LineKind.TICKERS);
            default -> List.of(LineKind.TICKERS, LineKind.KLINES);
        };
    }
}
