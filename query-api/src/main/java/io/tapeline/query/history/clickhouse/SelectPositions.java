package io.tapeline.query.history.clickhouse;

import io.tapeline.query.history.Position;
import java.util.List;
import java.util.Map;

/**
 * How far the topics have been recorded, by whichever writer is the furthest: each begins where all
 * before is in the store. Of a topic that was made anew, the one that was written last.
 */
final class SelectPositions {

    private static final String SELECT =
            """
            SELECT topic, topic_id, partition, toInt64(max(next_offset))
            FROM positions
            GROUP BY topic, partition, topic_id
            ORDER BY topic, partition, max(written) DESC
            LIMIT 1 BY topic, partition
            """;

    private SelectPositions() {}

    static List<Position> execute(Session session) {
        return session.query(
                SELECT,
                Map.of(),
                row ->
                        new Position(
                                row.getString(1),
                                row.getString(2),
                                Math.toIntExact(row.getLong(3)),
                                row.getLong(4)));
    }
}
