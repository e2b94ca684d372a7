package io.tapeline.query.history.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapeline.query.history.Told;
import java.util.List;

/**
 * What was told of instruments; of equal instrument and time the one that was written last stays.
 */
final class InsertTold {

    private InsertTold() {}

    static NativeBlock block(List<Told> told) {
        NativeBlock block = new NativeBlock(told.size());
        var instrument = block.text("instrument");
        var time = block.time("time");
        var message = block.text("message");
        for (Told each : told) {
            HeldTimes.refusal(each.time())
                    .ifPresent(why -> {
                        throw new IllegalArgumentException(
                                "history: of " + each.instrument() + ": " + why);
                    });
            instrument.add(each.instrument().id().getBytes(UTF_8));
            time.add(each.time().value());
            message.add(each.message());
        }
        return block;
    }
}
