package io.tapeline.exchange.fault;

import io.tapeline.exchange.market.PairStatus;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Writes a fault as the line of a script that asks for it. */
final class FaultText {

    private static final Map<String, String> KEYS =
            Map.of(
                    "sockets", "connection",
                    "streams", "stream",
                    "symbols", "symbol",
                    "paths", "path",
                    "manner", "how",
                    "outcome", "then",
                    "bytesPerSecond", "rate");

    private FaultText() {}

    static String of(Fault fault) {
        StringJoiner line = new StringJoiner(" ");
        line.add(fault.name());
        for (RecordComponent component : fault.getClass().getRecordComponents()) {
            try {
                String name = component.getName();
                add(line, KEYS.getOrDefault(name, name), component.getAccessor().invoke(fault));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A public record's component cannot be read", e);
            }
        }
        return line.toString();
    }

    private static void add(StringJoiner line, String key, Object value) {
        switch (value) {
            case Scope(Sockets sockets, NamePattern streams, NamePattern symbols) -> {
                line.add("connection=" + sockets);
                if (!streams.isAny()) {
                    line.add("stream=" + streams);
                }
                if (!symbols.isAny()) {
                    line.add("symbol=" + symbols);
                }
            }
            case Lasting lasting -> {
                lasting.time().ifPresent(time -> line.add("for=" + TimeSpan.text(time)));
                lasting.count().ifPresent(count -> line.add("count=" + count));
            }
            case Duration span -> line.add(key + "=" + TimeSpan.text(span));
            // The name tells it.
            case PairStatus _ -> {}
            case Enum<?> word -> line.add(key + "=" + word.name().toLowerCase(Locale.ROOT));
            default -> line.add(key + "=" + value);
        }
    }
}
