package io.tapeline.query.history.duckdb;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds entries of the gap ledger by id; the last state of a gap stays. */
final class MergeGaps {

    private final Connection connection;

    MergeGaps(Connection connection) {
        this.connection = connection;
    }

    /** Within the running transaction. */
    void execute(List<Gap> gaps) throws SQLException {
        if (gaps.isEmpty()) {
            return;
        }
        Map<String, Gap> last = new LinkedHashMap<>();
        for (Gap gap : gaps) {
            last.put(gap.getId(), gap);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR REPLACE INTO gaps VALUES (?, ?, ?, ?, ?)")) {
            for (Gap gap : last.values()) {
                Instrument instrument = Instrument.parse(gap.getInstrument());
                insert.setString(1, gap.getId());
                insert.setString(2, instrument.venue().id());
                insert.setString(3, instrument.symbol());
                insert.setLong(4, gap.getFoundUs());
                insert.setBytes(5, gap.toByteArray());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
