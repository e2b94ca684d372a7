package io.tapeline.exchange.fault;

/**
 * Names of streams, symbols or paths: a name, or a glob in which {@code *} stands for any letters.
 * Upper and lower case are the same.
 */
public record NamePattern(String glob) {

    private static final NamePattern ANY = new NamePattern("*");

    public NamePattern {
        if (glob.isEmpty() || glob.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "NamePattern.glob must be a name without blanks, was '" + glob + "'");
        }
    }

    public static NamePattern any() {
        return ANY;
    }

    public boolean isAny() {
        return glob.equals("*");
    }

    public boolean matches(String name) {
        return matches(0, name, 0);
    }

    private boolean matches(int at, String name, int from) {
        if (at == glob.length()) {
            return from == name.length();
        }
        if (glob.charAt(at) == '*') {
            for (int rest = from; rest <= name.length(); rest++) {
                if (matches(at + 1, name, rest)) {
                    return true;
                }
            }
            return false;
        }
        return from < name.length()
                && Character.toLowerCase(glob.charAt(at))
                        == Character.toLowerCase(name.charAt(from))
                && matches(at + 1, name, from + 1);
    }

    @Override
    public String toString() {
        return glob;
    }
}
