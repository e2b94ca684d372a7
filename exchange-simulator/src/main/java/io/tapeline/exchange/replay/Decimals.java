package io.tapeline.exchange.replay;

/**
 * A recording's decimals: how many places they use, and their exact values in units of a given
 * number of places.
 */
final class Decimals {

    private Decimals() {}

    /** The decimal places that the text uses, trailing zeros not counted. */
    static int places(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return 0;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return end - dot - 1;
    }

    /** The value in units of {@code 10^-scale}; exact, or an exception. */
    static long units(String text, int scale) {
        int dot = text.indexOf('.');
        String whole = dot < 0 ? text : text.substring(0, dot);
        String fraction = dot < 0 ? "" : text.substring(dot + 1);
        long units = Long.parseLong(whole);
        for (int i = 0; i < Math.max(scale, fraction.length()); i++) {
            int digit = i < fraction.length() ? fraction.charAt(i) - '0' : 0;
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("not a decimal: " + text);
            }
            if (i < scale) {
                units = Math.addExact(Math.multiplyExact(units, 10L), digit);
            } else if (digit != 0) {
                throw new ArithmeticException(text + " needs more than " + scale + " decimals");
            }
        }
        return units;
    }
}
