package io.tapeline.aggregator.line;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What each line lost of the update ids of each instrument, by its own continuity: an update {@code
 * [U, u]} with {@code U > last u + 1} shows a hole. While a connection is being replaced the line
 * comes over two of them, whose messages may overtake one another: a hole is counted only when it
 * has stayed open for a while, less what came meanwhile.
 *
 * <p>For one thread. Holds two numbers for each line and instrument, and a little for each open
 * hole.
 */
public final class UpdateIdHoles {

    private static final long NONE = -1;

    private final long patienceMicros;
    private final Map<LineTally, Map<Instrument, Sequence>> lines = new HashMap<>();
    private final List<Hole> open = new ArrayList<>();

    private static final class Sequence {
        long last = NONE;
        int holes;
    }

    /** Ids from and to, inclusive, that a line has not brought yet. */
    private static final class Hole {
        final LineTally line;
        final Sequence sequence;
        final long sinceMicros;
        long from;
        long to;

        /** A hole that was cut in two is still one. */
        final boolean counts;

        Hole(
                LineTally line,
                Sequence sequence,
                long sinceMicros,
                long from,
                long to,
                boolean counts) {
            this.line = line;
            this.sequence = sequence;
            this.sinceMicros = sinceMicros;
            this.from = from;
            this.to = to;
            this.counts = counts;
        }
    }

    /**
     * @param patience how long a hole may stay open before it is counted
     */
    public UpdateIdHoles(Duration patience) {
        this.patienceMicros = patience.toNanos() / 1_000;
    }

    /** A line brought the ids {@code first} to {@code last} of an instrument, both inclusive. */
    public void brought(
            LineTally line, Instrument instrument, long first, long last, EpochMicros now) {
        Sequence sequence =
                lines.computeIfAbsent(line, each -> new HashMap<>())
                        .computeIfAbsent(instrument, each -> new Sequence());
        if (sequence.last != NONE && first > sequence.last + 1) {
            open.add(new Hole(line, sequence, now.value(), sequence.last + 1, first - 1, true));
            sequence.holes++;
        } else if (sequence.holes > 0 && first <= sequence.last) {
            fill(sequence, first, last);
        }
        sequence.last = Math.max(sequence.last, last);
    }

    private void fill(Sequence sequence, long first, long last) {
        List<Hole> parts = new ArrayList<>();
        for (Iterator<Hole> holes = open.iterator(); holes.hasNext(); ) {
            Hole hole = holes.next();
            if (hole.sequence != sequence || first > hole.to || last < hole.from) {
                continue;
            }
            if (first <= hole.from && last >= hole.to) {
                holes.remove();
                sequence.holes--;
            } else if (first <= hole.from) {
                hole.from = last + 1;
            } else {
                if (last < hole.to) {
                    parts.add(
                            new Hole(
                                    hole.line,
                                    sequence,
                                    hole.sinceMicros,
                                    last + 1,
                                    hole.to,
                                    false));
                    sequence.holes++;
                }
                hole.to = first - 1;
            }
        }
        open.addAll(parts);
    }

    /** Counts the holes that have been open for too long. */
    public void tick(EpochMicros now) {
        for (Iterator<Hole> holes = open.iterator(); holes.hasNext(); ) {
            Hole hole = holes.next();
            if (now.value() - hole.sinceMicros >= patienceMicros) {
                holes.remove();
                hole.sequence.holes--;
                hole.line.count(LineFlow.MISSED_IDS, hole.to - hole.from + 1);
                if (hole.counts) {
                    hole.line.count(LineFlow.MISSED);
                }
            }
        }
    }
}
