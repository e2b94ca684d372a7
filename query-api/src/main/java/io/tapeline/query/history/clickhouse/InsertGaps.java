package io.tapeline.query.history.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.Gap;
import java.util.List;

/**
 * Entries of the gap ledger; of equal id the one that has ended stays, of two the one that was
 * written last.
 */
final class InsertGaps {

    private InsertGaps() {}

    static NativeBlock block(List<Gap> gaps) {
        NativeBlock block = new NativeBlock(gaps.size());
        var id = block.text("id");
        var venue = block.text("venue");
        var symbol = block.text("symbol");
        var found = block.time("found");
        var ended = block.uint64("ended_us");
        var message = block.text("message");
        for (Gap gap : gaps) {
            Instrument instrument = Instrument.parse(gap.getInstrument());
            id.add(gap.getId().getBytes(UTF_8));
            venue.add(instrument.venue().id().getBytes(UTF_8));
            symbol.add(instrument.symbol().getBytes(UTF_8));
            found.add(gap.getFoundUs());
            ended.add(Math.max(0, gap.getEndedUs()));
            message.add(gap.toByteArray());
        }
        return block;
    }
}
