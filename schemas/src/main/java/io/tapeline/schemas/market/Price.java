package io.tapeline.schemas.market;

/** Of one unit of the base asset, in the quote asset; zero or more. */
public record Price(Decimal value) implements Comparable<Price> {

    public static final Price ZERO = new Price(Decimal.ZERO);

    public Price {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("price: " + value + " is negative");
        }
    }

    public static Price of(String text) {
        return new Price(Decimal.parse(text));
    }

    @Override
    public int compareTo(Price other) {
        return value.compareTo(other.value);
    }

    /** Plain decimal text. */
    @Override
    public String toString() {
        return value.toString();
    }
}
