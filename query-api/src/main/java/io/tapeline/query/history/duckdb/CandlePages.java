package io.tapeline.query.history.duckdb;

import io.tapeline.query.history.CandlePart;
import io.tapeline.query.history.CandleQuestion;
import io.tapeline.query.history.Order;
import io.tapeline.schemas.market.EpochMicros;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Answers a candle question without rolling up more than it needs: takes the stretch of time in
 * which the asked candles lie if there are no holes, then, while candles are missing, stretches
 * that double, up to the end of what is held.
 *
 * <pre>
 * newest first:   from ......|-- 4n --|-- 2n --|-- n --| to
 * </pre>
 */
final class CandlePages {

    private CandlePages() {}

    static List<CandlePart> answer(Connection connection, int instrumentId, CandleQuestion question)
            throws SQLException {
        SelectSpan.Span held = SelectSpan.execute(connection, instrumentId);
        if (held.isEmpty()) {
            return List.of();
        }
        long from = Math.max(question.from().value(), held.firstUs());
        long to = Math.min(question.to().value(), held.lastUs() + 1);
        boolean oldestFirst = question.order() == Order.OLDEST_FIRST;
        long stretch = question.limit() * Bucketing.longestUs(question.interval());
        TreeMap<EpochMicros, CandlePart> parts = new TreeMap<>();
        while (from < to && parts.size() < question.limit()) {
            long begin = oldestFirst ? from : Math.max(from, boundary(question, to - stretch));
            long end = oldestFirst ? Math.min(to, boundary(question, from + stretch)) : to;
            parts.putAll(
                    SelectCandles.execute(
                            connection,
                            question.instrument(),
                            instrumentId,
                            question.interval(),
                            begin,
                            end));
            from = oldestFirst ? end : from;
            to = oldestFirst ? to : begin;
            stretch *= 2;
        }
        return new ArrayList<>((oldestFirst ? parts : parts.descendingMap()).values())
                .subList(0, Math.min(parts.size(), question.limit()));
    }

    /** A stretch ends where a candle does, so that each candle is rolled up by one statement. */
    private static long boundary(CandleQuestion question, long timeUs) {
        return question.interval().openTimeOf(new EpochMicros(Math.max(0, timeUs))).value();
    }
}
