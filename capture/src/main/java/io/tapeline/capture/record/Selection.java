package io.tapeline.capture.record;

import io.tapeline.capture.tape.RawTopic;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.raw.RawRecord;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which raw records are captured.
 *
 * @param symbols empty for all
 * @param lines empty for all; answers of REST belong to every line
 */
public record Selection(
        Set<RawTopic> topics, Set<Venue> venues, Set<String> symbols, Set<String> lines) {

    public Selection {
        if (topics.isEmpty() || venues.isEmpty()) {
            throw new IllegalArgumentException(
                    "Selection.topics and venues must not be empty, were "
                            + topics
                            + " and "
                            + venues);
        }
        topics = EnumSet.copyOf(topics);
        venues = EnumSet.copyOf(venues);
        symbols = new TreeSet<>(symbols);
        lines = new TreeSet<>(lines);
    }

    /** Everything. */
    public static Selection all() {
        return new Selection(
                EnumSet.allOf(RawTopic.class), EnumSet.allOf(Venue.class), Set.of(), Set.of());
    }

    boolean takes(RawRecord record) {
        return venues.contains(record.instrument().venue())
                && (symbols.isEmpty() || symbols.contains(record.instrument().symbol()))
                && (lines.isEmpty() || record.isRest() || lines.contains(record.line()));
    }

    String text() {
        return "topics="
                + topics.stream().map(RawTopic::id).collect(Collectors.joining(","))
                + " venues="
                + venues.stream().map(Venue::id).collect(Collectors.joining(","))
                + " symbols="
                + (symbols.isEmpty() ? "all" : String.join(",", symbols))
                + " lines="
                + (lines.isEmpty() ? "all" : String.join(",", lines));
    }
}
