package io.tapeline.ingestor.share;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a line says of a venue's instruments of a partition: whatever it has not carried between
 * these two times, it has told.
 *
 * @param since when the line began to carry them, whoever did it for the line
 * @param until the newest time of which this can be said
 */
public record Carried(EpochMicros since, EpochMicros until) {

    private static final String FORM = "1";

    public Carried {
        if (since.isAfter(until)) {
            throw new IllegalArgumentException(
                    "carried: since " + since + " is after until " + until);
        }
    }

    /** As it travels beside the group's offsets: milliseconds since the epoch. */
    public static String toText(Map<Venue, Carried> venues) {
        StringBuilder text = new StringBuilder(FORM);
        new EnumMap<Venue, Carried>(venues)
                .forEach((venue, carried) ->
                        text.append(' ')
                                .append(venue.id())
                                .append(' ')
                                .append(carried.since.toMillis())
                                .append(' ')
                                .append(carried.until.toMillis()));
        return text.toString();
    }

    /** Empty if the text is of another form, or of none. */
    public static Optional<Map<Venue, Carried>> fromText(String text) {
        String[] words = text.split(" ", -1); // of blanks alone there would be no word at all
        if (!words[0].equals(FORM) || words.length % 3 != 1) {
            return Optional.empty();
        }
        Map<Venue, Carried> venues = new EnumMap<>(Venue.class);
        try {
            for (int i = 1; i < words.length; i += 3) {
                venues.put(
                        Venue.of(words[i]),
                        new Carried(
                                EpochMicros.ofMillis(Long.parseLong(words[i + 1])),
                                EpochMicros.ofMillis(Long.parseLong(words[i + 2]))));
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
        return Optional.of(venues);
    }
}
