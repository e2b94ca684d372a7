package io.tapeline.query.mirror.stream;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.TimeUnitAsked;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream for all who listen to it: each of its four texts is made once, when the
 * first needs it. Thread-safe.
 */
final class StreamEvent {

    private static final int EXPECTED = 512;

    private final String stream;
    private final Consumer<ExchangeJson> payload;
    private volatile @Nullable String millis;
    private volatile @Nullable String micros;
    private volatile @Nullable String combinedMillis;
    private volatile @Nullable String combinedMicros;

    /**
     * @param payload writes it, out of what does not change any more; may be called by any thread
     */
    StreamEvent(String stream, Consumer<ExchangeJson> payload) {
        this.stream = stream;
        this.payload = payload;
    }

    /**
     * @param combined {@code {"stream":"<name>","data":<payload>}}
     */
    String text(boolean combined, TimeUnitAsked unit) {
        return switch (unit) {
            case MILLISECOND -> combined ? combinedMillis() : millis();
            case MICROSECOND -> combined ? combinedMicros() : micros();
        };
    }

    private String millis() {
        String text = millis;
        return text == null ? millis = made(TimeUnitAsked.MILLISECOND) : text;
    }

    private String micros() {
        String text = micros;
        return text == null ? micros = made(TimeUnitAsked.MICROSECOND) : text;
    }

    private String combinedMillis() {
        String text = combinedMillis;
        return text == null ? combinedMillis = wrapped(millis()) : text;
    }

    private String combinedMicros() {
        String text = combinedMicros;
        return text == null ? combinedMicros = wrapped(micros()) : text;
    }

    private String made(TimeUnitAsked unit) {
        ExchangeJson out = new ExchangeJson(unit, EXPECTED);
        payload.accept(out);
        return out.toString();
    }

    private String wrapped(String data) {
        return new ExchangeJson(TimeUnitAsked.MILLISECOND, data.length() + EXPECTED / 4)
                .open('{')
                .name("stream")
                .text(stream)
                .name("data")
                .raw(data)
                .close('}')
                .toString();
    }
}
