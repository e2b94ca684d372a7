package io.tapeline.fuzz;

/** The target of this process as Jazzer calls it: by the names of these methods. */
public final class Jazzered {

    /** The target's name. */
    static final String PROPERTY = "tapeline.fuzz.target";

    private static final Target TARGET = Targets.named(System.getProperty(PROPERTY, ""));

    private Jazzered() {}

    /** What it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        TARGET.read(input);
    }
}
