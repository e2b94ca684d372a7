package io.tapeline.query.live;

import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something new about an instrument. Made into text at most once, when the first of its subscribers
 * sends it; one that nobody comes to send never is.
 */
public final class Change {

    /** The slot of what is said about a book's changes, and is none of them. */
    static final Object RESYNC = "resync";

    private final Place place;
    private @Nullable Supplier<String> source;
    private @Nullable String json;
    private byte @Nullable [] event;
    private byte @Nullable [] message;

    /**
     * @param slot a later change of equal type, instrument and slot makes this one worthless
     * @param json asked for once at most, for what is sent, on one line
     */
    public Change(LiveType type, Instrument instrument, Object slot, Supplier<String> json) {
        this.place = new Place(type, instrument, slot);
        this.source = json;
    }

    record Place(LiveType type, Instrument instrument, Object slot) {}

    public LiveType type() {
        return place.type();
    }

    public Instrument instrument() {
        return place.instrument();
    }

    /** Whether it is one of those of a book that follow one another. */
    boolean isOfBook() {
        return place.type() == LiveType.DEPTH && place.slot() != RESYNC;
    }

    Place place() {
        return place;
    }

    public synchronized String json() {
        if (json == null) {
            json = Objects.requireNonNull(source, "change: without a text").get();
            source = null;
        }
        return json;
    }

    /** As a server-sent event. Not to be changed. */
    public synchronized byte[] event() {
        if (event == null) {
            event =
                    ("event: " + type().id() + "\ndata: " + json() + "\n\n")
                            .getBytes(StandardCharsets.UTF_8);
        }
        return event;
    }

    /** As a message of a socket, in UTF-8. Not to be changed. */
    public synchronized byte[] message() {
        if (message == null) {
            message =
                    ("{\"event\":\"" + type().id() + "\",\"data\":" + json() + "}")
                            .getBytes(StandardCharsets.UTF_8);
        }
        return message;
    }
}
