package io.tapeline.aggregator.sync;

import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.market.Levels;
import java.util.ArrayList;
import java.util.List;

/**
 * Which levels of a book changed since its changes were last taken. Remembers the updates' own
 * levels and copies nothing; bounded: past a number of levels it only remembers that everything may
 * have changed.
 */
public final class BookChanges {

    private final List<Levels> bids = new ArrayList<>();
    private final List<Levels> asks = new ArrayList<>();
    private int levels;
    private boolean everything = true;
    private boolean any;

    void changed(DepthUpdate update, int mostLevels) {
        any = true;
        if (everything) {
            return;
        }
        levels += update.bids().size() + update.asks().size();
        if (levels > mostLevels) {
            everythingChanged();
            return;
        }
        bids.add(update.bids());
        asks.add(update.asks());
    }

    void everythingChanged() {
        any = true;
        everything = true;
        bids.clear();
        asks.clear();
        levels = 0;
    }

    /** The state beside the levels changed, such as the buffer or the pacing of requests. */
    void stateChanged() {
        any = true;
    }

    public boolean isEmpty() {
        return !any;
    }

    /** Whether {@link #bids} and {@link #asks} do not tell: all may have changed. */
    public boolean isEverything() {
        return everything;
    }

    public List<Levels> bids() {
        return bids;
    }

    public List<Levels> asks() {
        return asks;
    }

    /** As after the changes were written. */
    public void taken() {
        bids.clear();
        asks.clear();
        levels = 0;
        everything = false;
        any = false;
    }
}
