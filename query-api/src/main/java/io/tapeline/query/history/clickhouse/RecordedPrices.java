package io.tapeline.query.history.clickhouse;

import io.tapeline.query.history.Order;
import io.tapeline.query.history.PriceQuestion;
import io.tapeline.query.history.RecordedPrice;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices with the time of the next. Within an answer that is its neighbour; for the newest of the
 * answer it is asked for, since it may lie beyond the question. Prices are recorded in the order of
 * their times, and never taken away: what is added in between is newer than both.
 */
final class RecordedPrices {

    private RecordedPrices() {}

    static List<RecordedPrice> answer(Session session, PriceQuestion question) {
        List<LatestPrice> prices = SelectPrices.execute(session, question);
        if (prices.isEmpty()) {
            return List.of();
        }
        List<LatestPrice> oldestFirst =
                question.order() == Order.OLDEST_FIRST ? prices : prices.reversed();
        @Nullable EpochMicros next = after(session, oldestFirst.getLast());
        List<RecordedPrice> recorded = new ArrayList<>(prices.size());
        for (LatestPrice price : oldestFirst.reversed()) {
            recorded.add(new RecordedPrice(price, next));
            next = price.eventTime();
        }
        return question.order() == Order.OLDEST_FIRST ? recorded.reversed() : recorded;
    }

    private static @Nullable EpochMicros after(Session session, LatestPrice price) {
        List<LatestPrice> next =
                SelectPrices.execute(
                        session,
                        new PriceQuestion(
                                price.instrument(),
                                new EpochMicros(price.eventTime().value() + 1),
                                new EpochMicros(Long.MAX_VALUE),
                                Order.OLDEST_FIRST,
                                1));
        return next.isEmpty() ? null : next.getFirst().eventTime();
    }
}
