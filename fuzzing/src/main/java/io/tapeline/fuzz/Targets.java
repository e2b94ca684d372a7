package io.tapeline.fuzz;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The targets on the class path. */
public final class Targets {

    private Targets() {}

    /** By name. */
    public static List<Target> all() {
        return ServiceLoader.load(Target.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Target::name))
                .toList();
    }

    /**
     * The target of that name.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    static Target named(String name) {
        List<Target> all = all();
        return all.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "target: \""
                                        + name
                                        + "\" is not one of "
                                        + all.stream()
                                                .map(Target::name)
                                                .collect(Collectors.joining(", "))));
    }

    /**
     * The one target of that class, without a look at the others.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Target ofClass(String name) {
        try {
            return Class.forName(name)
                    .asSubclass(Target.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException("target: \"" + name + "\" is no class of one", e);
        }
    }
}
