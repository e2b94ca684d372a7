package io.tapeline.query.history.clickhouse;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.query.history.GapQuestion;
import io.tapeline.schemas.proto.Gap;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries of the gap ledger, newest found first. */
final class SelectGaps {

    private static final String SELECT =
            """
            SELECT base64Encode(message) FROM gaps FINAL
            WHERE found >= fromUnixTimestamp64Micro({from:Int64}, 'UTC')
            AND found < fromUnixTimestamp64Micro({to:Int64}, 'UTC')
            %s
            ORDER BY found DESC, id LIMIT {limit:UInt32}
            """;

    private static final String OF_VENUE = " AND venue = {venue:String}";
    private static final String OF_SYMBOL = " AND symbol = {symbol:String}";
    private static final String AFTER =
            " AND (toUnixTimestamp64Micro(found) < {afterFound:Int64} OR"
                    + " toUnixTimestamp64Micro(found) = {afterFound:Int64} AND id >"
                    + " {afterId:String})";

    private SelectGaps() {}

    static List<Gap> execute(Session session, GapQuestion question) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("from", HeldTimes.bound(question.from()));
        parameters.put("to", HeldTimes.bound(question.to()));
        parameters.put("limit", question.limit());
        StringBuilder conditions = new StringBuilder();
        var venue = question.venue();
        if (venue != null) {
            conditions.append(OF_VENUE);
            parameters.put("venue", venue.id());
        }
        String symbol = question.symbol();
        if (symbol != null) {
            conditions.append(OF_SYMBOL);
            parameters.put("symbol", symbol);
        }
        var after = question.after();
        if (after != null) {
            conditions.append(AFTER);
            parameters.put("afterFound", after.found().value());
            parameters.put("afterId", after.id());
        }
        return session.query(
                SELECT.formatted(conditions), parameters, row -> gap(row.getString(1)));
    }

    private static Gap gap(String base64) {
        try {
            return Gap.parseFrom(Base64.getDecoder().decode(base64));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("gaps: a row is no longer a message", e);
        }
    }
}
