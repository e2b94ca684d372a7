package io.tapeline.exchange;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client's book, kept by the exchange's procedure (EXCHANGES A.5) with none of the simulator's
 * code.
 */
public final class FollowedBook {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private long id;
    private long gaps;
    private long applied;

    public FollowedBook(String snapshot) {
        JsonNode root = JSON.readTree(snapshot);
        id = root.path("lastUpdateId").longValue();
        set(bids, root.path("bids"));
        set(asks, root.path("asks"));
    }

    /** One {@code depthUpdate}. */
    public void apply(String diff) {
        JsonNode root = JSON.readTree(diff);
        long last = root.path("u").longValue();
        if (last <= id) {
            return;
        }
        if (root.path("U").longValue() > id + 1) {
            gaps++;
        }
        set(bids, root.path("b"));
        set(asks, root.path("a"));
        id = last;
        applied++;
    }

    private static void set(TreeMap<BigDecimal, BigDecimal> side, JsonNode levels) {
        for (JsonNode level : levels) {
            BigDecimal price = new BigDecimal(level.path(0).stringValue());
            BigDecimal quantity = new BigDecimal(level.path(1).stringValue());
            if (quantity.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }
    }

    public long id() {
        return id;
    }

    public long gaps() {
        return gaps;
    }

    public long applied() {
        return applied;
    }

    public boolean crossed() {
        return bids.firstKey().compareTo(asks.firstKey()) >= 0;
    }

    public Map.Entry<BigDecimal, BigDecimal> bestBid() {
        return bids.firstEntry();
    }

    public Map.Entry<BigDecimal, BigDecimal> bestAsk() {
        return asks.firstEntry();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FollowedBook book
                && book.id == id
                && book.bids.equals(bids)
                && book.asks.equals(asks);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return id + " " + bids + " " + asks;
    }
}
