package io.tapeline.query.history.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapeline.query.history.Position;
import java.util.List;

/**
 * How far topics have been recorded: after the rows, so that a position never promises too much.
 */
final class InsertPositions {

    private InsertPositions() {}

    static NativeBlock block(List<Position> positions) {
        NativeBlock block = new NativeBlock(positions.size());
        var topic = block.text("topic");
        var topicId = block.text("topic_id");
        var partition = block.int64("partition");
        var nextOffset = block.uint64("next_offset");
        for (Position position : positions) {
            topic.add(position.topic().getBytes(UTF_8));
            topicId.add(position.topicId().getBytes(UTF_8));
            partition.add((long) position.partition());
            nextOffset.add(position.nextOffset());
        }
        return block;
    }
}
