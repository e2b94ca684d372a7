package io.tapeline.query.mirror;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Levels;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the exchange writes it: without white space, decimals as strings, times as numbers of the
 * unit that the client asked for. Commas are set by themselves. Used by one thread.
 */
public final class ExchangeJson {

    private static final int CONTROL = 0x20;

    private final StringBuilder out;
    private final TimeUnitAsked unit;

    public ExchangeJson(TimeUnitAsked unit) {
        this(unit, 256);
    }

    /**
     * @param expected characters
     */
    public ExchangeJson(TimeUnitAsked unit, int expected) {
        this.unit = unit;
        this.out = new StringBuilder(expected);
    }

    public ExchangeJson open(char bracket) {
        separate();
        out.append(bracket);
        return this;
    }

    public ExchangeJson close(char bracket) {
        out.append(bracket);
        return this;
    }

    public ExchangeJson name(String name) {
        separate();
        out.append('"').append(name).append("\":");
        return this;
    }

    /** Null is written as null. */
    public ExchangeJson text(@Nullable String text) {
        separate();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    public ExchangeJson number(long number) {
        separate();
        out.append(number);
        return this;
    }

    public ExchangeJson flag(boolean flag) {
        separate();
        out.append(flag);
        return this;
    }

    public ExchangeJson time(EpochMicros time) {
        return number(unit.number(time));
    }

    /** With eight places; null where it is not known. */
    public ExchangeJson decimal(@Nullable Decimal value) {
        return decimal(value, ExchangeNumbers.PLACES);
    }

    /**
     * @param places at least so many
     */
    public ExchangeJson decimal(@Nullable Decimal value, int places) {
        separate();
        if (value == null) {
            out.append("null");
        } else {
            out.append('"');
            ExchangeNumbers.append(out, value, places);
            out.append('"');
        }
        return this;
    }

    /** {@code [["61855.30000000","1.50000000"],...]} */
    public ExchangeJson levels(Levels levels) {
        open('[');
        for (int i = 0; i < levels.size(); i++) {
            open('[');
            out.append('"');
            ExchangeNumbers.appendPrice(out, levels, i);
            out.append("\",\"");
            ExchangeNumbers.appendQuantity(out, levels, i);
            out.append("\"]");
        }
        return close(']');
    }

    /** JSON that is finished. */
    public ExchangeJson raw(String json) {
        separate();
        out.append(json);
        return this;
    }

    private void separate() {
        int length = out.length();
        if (length > 0) {
            char last = out.charAt(length - 1);
            if (last != '{' && last != '[' && last != ':') {
                out.append(',');
            }
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < CONTROL) {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16));
                out.append(Character.forDigit(c & 0xf, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
