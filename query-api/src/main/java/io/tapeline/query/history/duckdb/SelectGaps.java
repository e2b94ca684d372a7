package io.tapeline.query.history.duckdb;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.query.history.GapQuestion;
import io.tapeline.schemas.proto.Gap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Entries of the gap ledger, newest found first. */
final class SelectGaps {

    private static final String SELECT =
            """
            SELECT message FROM gaps WHERE found_us >= ? AND found_us < ?
            AND (? IS NULL OR venue = ?) AND (? IS NULL OR symbol = ?)
            AND (? IS NULL OR found_us < ? OR (found_us = ? AND id > ?))
            ORDER BY found_us DESC, id LIMIT ?
            """;

    private SelectGaps() {}

    static List<Gap> execute(Connection connection, GapQuestion question) throws SQLException {
        List<Gap> gaps = new ArrayList<>();
        var venue = question.venue();
        String venueId = venue == null ? null : venue.id();
        var after = question.after();
        Long found = after == null ? null : after.found().value();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, question.from().value());
            select.setLong(2, question.to().value());
            select.setObject(3, venueId);
            select.setObject(4, venueId);
            select.setObject(5, question.symbol());
            select.setObject(6, question.symbol());
            select.setObject(7, found);
            select.setObject(8, found);
            select.setObject(9, found);
            select.setObject(10, after == null ? null : after.id());
            select.setInt(11, question.limit());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    gaps.add(Gap.parseFrom(row.getBytes(1)));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("gaps: a row is no longer a message", e);
        }
        return gaps;
    }
}
