package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the other lines say of an instrument: of what this process carries by asking its own, of the
 * rest by what their groups have noted. Used on one thread.
 */
public final class LineEvidence {

    private final List<LineShare> lines;
    private final LineNotes others;
    private final int partitions;
    private volatile Map<String, Map<Integer, Map<Venue, Carried>>> noted = Map.of();

    public LineEvidence(Collection<LineShare> lines, LineNotes others, int partitions) {
        this.lines = List.copyOf(lines);
        this.others = others;
        this.partitions = partitions;
    }

    /** Whether another line than that of the lapse may say anything. */
    public boolean mayBeOf(Lapse lapse) {
        return lines.stream().anyMatch(line -> !line.line().equals(lapse.line()));
    }

    /** Asks again; completes exceptionally if that cannot be done now. */
    public CompletableFuture<Void> refresh() {
        lines.forEach(LineShare::note);
        return others.read().thenAccept(read -> noted = read);
    }

    /** Of the lines other than that of the lapse, by their names; the newer word of each. */
    public Map<String, Carried> of(Lapse lapse) {
        Instrument instrument = lapse.stream().instrument();
        int partition = InstrumentPartitioner.partitionOf(instrument, partitions);
        Map<String, Carried> words = new HashMap<>();
        for (LineShare line : lines) {
            if (!line.line().equals(lapse.line())) {
                add(words, line.line(), line.notes(), partition, instrument.venue());
                add(
                        words,
                        line.line(),
                        noted.getOrDefault(line.line(), Map.of()),
                        partition,
                        instrument.venue());
            }
        }
        return words;
    }

    private static void add(
            Map<String, Carried> words,
            String line,
            Map<Integer, Map<Venue, Carried>> notes,
            int partition,
            Venue venue) {
        Carried word = notes.getOrDefault(partition, Map.of()).get(venue);
        if (word != null) {
            words.merge(
                    line, word, (one, other) -> other.until().isAfter(one.until()) ? other : one);
        }
    }
}
