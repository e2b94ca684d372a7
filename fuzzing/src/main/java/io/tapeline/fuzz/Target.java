package io.tapeline.fuzz;

import java.util.List;

/**
 * Something that reads bytes nobody vouches for, and what must hold whatever they are. Found by
 * {@link java.util.ServiceLoader}, so public and with a constructor without parameters. It keeps
 * nothing from one input to the next: what is found once is found again.
 */
public interface Target {

    /** By which it is asked for: the class's name without {@code Fuzz}. */
    default String name() {
        String name = getClass().getSimpleName();
        return name.endsWith("Fuzz") ? name.substring(0, name.length() - "Fuzz".length()) : name;
    }

    /** Inputs that go far, from which others are made. */
    List<byte[]> seeds();

    /** Pieces of input that chance would not find. */
    default List<String> words() {
        return List.of();
    }

    /**
     * Reads an input.
     *
     * @throws Exception if something is not as it must be; refusals that are in order are not
     *     thrown. Errors are findings too
     */
    void read(byte[] input) throws Exception;
}
