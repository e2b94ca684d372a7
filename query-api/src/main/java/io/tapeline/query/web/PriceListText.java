package io.tapeline.query.web;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.LatestPrice;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page of many prices as JSON, straight from what aggregators told: the bytes that the mapper
 * would make of {@link PriceJson}, without making thousands of these. What is out of the ordinary
 * is left to the mapper. Used once, by one thread.
 */
final class PriceListText {

    private static final int USUAL_BYTES = 256;
    private static final int MOST_DIGITS = 20;
    private static final int MOST_SCALE = 18;
    private static final byte[] NULL = ascii("null");
    private static final byte[] BEGIN = ascii("{\"items\":[");
    private static final byte[] END = ascii("],\"next\":null}");
    private static final byte[] VENUE = ascii("{\"venue\":");
    private static final byte[] SYMBOL = ascii(",\"symbol\":");
    private static final byte[] PRICE = ascii(",\"price\":");
    private static final byte[] BID = ascii(",\"bid\":");
    private static final byte[] ASK = ascii(",\"ask\":");
    private static final byte[] EVENT_TIME = ascii(",\"eventTime\":");
    private static final byte[] CONFIRMED_TIME = ascii(",\"confirmedTime\":");
    private static final byte[] AGE = ascii(",\"ageMs\":");
    private static final byte[] STATE = ascii(",\"state\":");
    private static final byte[] SOURCE = ascii(",\"source\":");

    private static final long[] POWERS_OF_TEN = new long[MOST_SCALE + 1];

    static {
        long power = 1;
        for (int i = 0; i <= MOST_SCALE; i++, power *= 10) {
            POWERS_OF_TEN[i] = power;
        }
    }

    private final JsonMapper json;
    private final long nowMs;
    private final byte[] digits = new byte[MOST_DIGITS];
    private byte[] out;
    private int size;

    private PriceListText(JsonMapper json, long nowMs, int prices) {
        this.json = json;
        this.nowMs = nowMs;
        this.out = new byte[USUAL_BYTES * (prices + 1)];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The whole of them, as a page that nothing follows.
     *
     * @param prices in their order; their instruments are known to be some
     * @param nowMs of the epoch: ages are of then
     */
    static byte[] page(List<PriceAnswer> prices, JsonMapper json, long nowMs) {
        PriceListText text = new PriceListText(json, nowMs, prices.size());
        text.raw(BEGIN);
        for (int i = 0; i < prices.size(); i++) {
            if (i > 0) {
                text.raw(',');
            }
            text.item(prices.get(i));
        }
        text.raw(END);
        return Arrays.copyOf(text.out, text.size);
    }

    private void item(PriceAnswer answer) {
        LatestPrice latest = answer.getPrice();
        int scale = -latest.getPriceExponent();
        boolean usual =
                latest.getWideCount() == 0
                        && latest.getInstrument().indexOf(':') > 0
                        && scale >= 0
                        && scale <= MOST_SCALE
                        && latest.getPrice() >= 0
                        && latest.getBid() >= 0
                        && latest.getAsk() >= 0;
        if (!usual) {
            raw(json.writeValueAsBytes(PriceJson.of(answer, nowMs)));
            return;
        }
        Trust trust = answer.getTrust();
        String id = latest.getInstrument();
        int colon = id.indexOf(':');
        raw(VENUE);
        string(id.substring(0, colon));
        raw(SYMBOL);
        string(id.substring(colon + 1));
        raw(PRICE);
        decimal(latest.getPrice(), scale);
        raw(BID);
        decimalOrNull(latest.hasBid(), latest.getBid(), scale);
        raw(ASK);
        decimalOrNull(latest.hasAsk(), latest.getAsk(), scale);
        raw(EVENT_TIME);
        EpochMicros event = new EpochMicros(latest.getEventTimeUs());
        String eventText = Times.text(event.toInstant());
        string(eventText);
        raw(CONFIRMED_TIME);
        EpochMicros told = new EpochMicros(trust.getConfirmedUs());
        EpochMicros confirmed = told.isAfter(event) ? told : event;
        string(confirmed.equals(event) ? eventText : Times.text(confirmed.toInstant()));
        raw(AGE);
        Long age = Trusted.ageMs(confirmed.value(), nowMs);
        if (age == null) {
            raw(NULL);
        } else {
            whole(age, 1);
        }
        raw(STATE);
        string(Trusted.state(trust));
        raw(SOURCE);
        string(latest.getSource());
        raw('}');
    }

    private void decimalOrNull(boolean there, long mantissa, int scale) {
        if (there) {
            decimal(mantissa, scale);
        } else {
            raw(NULL);
        }
    }

    /** In quotes, plain, without trailing zeros. */
    private void decimal(long mantissa, int scale) {
        long value = mantissa;
        int places = mantissa == 0 ? 0 : scale;
        while (places > 0 && value % 10 == 0) {
            value /= 10;
            places--;
        }
        raw('"');
        whole(value / POWERS_OF_TEN[places], 1);
        if (places > 0) {
            raw('.');
            whole(value % POWERS_OF_TEN[places], places);
        }
        raw('"');
    }

    /** Not negative, with zeros before it. */
    private void whole(long value, int leastDigits) {
        long left = value;
        int count = 0;
        while (left > 0 || count < leastDigits) {
            digits[count++] = (byte) ('0' + left % 10);
            left /= 10;
        }
        room(count);
        while (count > 0) {
            out[size++] = digits[--count];
        }
    }

    private void string(String text) {
        int length = text.length();
        room(length + 2);
        int at = size;
        out[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                // How it is escaped is the mapper's to say.
                raw(json.writeValueAsBytes(text));
                return;
            }
            out[at++] = (byte) c;
        }
        out[at++] = '"';
        size = at;
    }

    private void raw(char c) {
        room(1);
        out[size++] = (byte) c;
    }

    private void raw(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    private void room(int more) {
        if (size + more > out.length) {
            out = Arrays.copyOf(out, Math.max(size + more, out.length * 2));
        }
    }
}
