package io.tapeline.schemas.market;

/** An amount of an asset; zero or more. */
public record Quantity(Decimal value) implements Comparable<Quantity> {

    public static final Quantity ZERO = new Quantity(Decimal.ZERO);

    public Quantity {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("quantity: " + value + " is negative");
        }
    }

    public static Quantity of(String text) {
        return new Quantity(Decimal.parse(text));
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    /** Plain decimal text. */
    @Override
    public String toString() {
        return value.toString();
    }
}
