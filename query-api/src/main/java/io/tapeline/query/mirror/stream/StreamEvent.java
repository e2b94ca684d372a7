package io.tapeline.query.mirror.stream;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.TimeUnitAsked;
import java.nio.charset.StandardCharsets;
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
    private volatile byte @Nullable [] millis;
    private volatile byte @Nullable [] micros;
    private volatile byte @Nullable [] combinedMillis;
    private volatile byte @Nullable [] combinedMicros;

    /**
     * @param payload writes it, out of what does not change any more; may be called by any thread
     */
    StreamEvent(String stream, Consumer<ExchangeJson> payload) {
        this.stream = stream;
        this.payload = payload;
    }

    /**
     * As UTF-8; shared, not to be changed.
     *
     * @param combined {@code {"stream":"<name>","data":<payload>}}
     */
    byte[] bytes(boolean combined, TimeUnitAsked unit) {
        return switch (unit) {
            case MILLISECOND -> combined ? combinedMillis() : millis();
            case MICROSECOND -> combined ? combinedMicros() : micros();
        };
    }

    private byte[] millis() {
        byte[] made = millis;
        return made == null ? millis = utf8(payload(TimeUnitAsked.MILLISECOND)) : made;
    }

    private byte[] micros() {
        byte[] made = micros;
        return made == null ? micros = utf8(payload(TimeUnitAsked.MICROSECOND)) : made;
    }

    private byte[] combinedMillis() {
        byte[] made = combinedMillis;
        return made == null ? combinedMillis = wrapped(TimeUnitAsked.MILLISECOND) : made;
    }

    private byte[] combinedMicros() {
        byte[] made = combinedMicros;
        return made == null ? combinedMicros = wrapped(TimeUnitAsked.MICROSECOND) : made;
    }

    private String payload(TimeUnitAsked unit) {
        ExchangeJson out = new ExchangeJson(unit, EXPECTED);
        payload.accept(out);
        return out.toString();
    }

    private byte[] wrapped(TimeUnitAsked unit) {
        ExchangeJson out = new ExchangeJson(unit, EXPECTED);
        out.open('{').name("stream").text(stream).name("data");
        payload.accept(out);
        return utf8(out.close('}').toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
