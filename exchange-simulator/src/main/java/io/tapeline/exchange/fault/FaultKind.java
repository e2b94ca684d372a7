package io.tapeline.exchange.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A kind of fault that scripts can ask for: its name and the parameters that it knows. */
public final class FaultKind {

    private static final Map<String, FaultKind> KINDS = new LinkedHashMap<>();

    static {
        Stream.of(
                        SocketFault.kinds(),
                        EventFault.kinds(),
                        AnswerFault.kinds(),
                        RestFault.kinds(),
                        MarketFault.kinds(),
                        VenueFault.kinds())
                .flatMap(List::stream)
                .forEach(kind -> KINDS.put(kind.name, kind));
    }

    private final String name;
    private final List<String> parameters;
    private final Function<Words, Fault> maker;

    private FaultKind(String name, List<String> parameters, Function<Words, Fault> maker) {
        this.name = name;
        this.parameters = parameters;
        this.maker = maker;
    }

    /**
     * @param parameters the keys that it knows, with a space between
     */
    static FaultKind of(String name, String parameters, Function<Words, Fault> maker) {
        return new FaultKind(
                name, parameters.isEmpty() ? List.of() : List.of(parameters.split(" ")), maker);
    }

    /** The name in scripts, kebab case. */
    public String name() {
        return name;
    }

    /** The keys that it knows. */
    public List<String> parameters() {
        return parameters;
    }

    Fault make(List<String> words) {
        return maker.apply(new Words(words, parameters));
    }

    /** The names of all kinds, in the order of the documentation. */
    public static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /** All kinds. */
    public static List<FaultKind> kinds() {
        return List.copyOf(KINDS.values());
    }

    static @Nullable FaultKind of(String name) {
        return KINDS.get(name);
    }
}
