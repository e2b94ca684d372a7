package io.tapeline.schemas.coingecko;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import org.jspecify.annotations.Nullable;

/**
 * A coin's object in the answer of {@code /simple/price} (EXCHANGES.md C). The instrument's symbol
 * is the coin's id and the currency, with the symbol's last hyphen between them: {@code
 * bitcoin-cash-usd} is {@code bitcoin-cash} in {@code usd}.
 */
public final class CoinGeckoPrices {

    /** {@link LatestPrice#source} of all of them. */
    public static final String SIMPLE_PRICE = "simple/price";

    private static final String PATH = "rest/simple/price";
    private static final String UPDATED = "last_updated_at";
    private static final String STATUS = "status";
    private static final long MICROS_PER_SECOND = 1_000_000;

    private CoinGeckoPrices() {}

    /**
     * The price in the instrument's currency as of {@code last_updated_at}; where that is absent or
     * null, as of the receipt.
     *
     * @throws MalformedPayload if it is not a coin's object, an error, or without a price in the
     *     currency
     */
    public static LatestPrice decode(RawRecord record) throws MalformedPayload {
        if (!record.answers(PATH)) {
            throw new MalformedPayload("stream " + record.stream() + ": is not " + PATH);
        }
        String currency = currencyOf(record);
        JsonScanner in = new JsonScanner(SIMPLE_PRICE, record.payload());
        EpochMicros updated = null;
        Price price = null;
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            String name = in.keyName(key);
            if (name.equals(currency)) {
                price = price(in, currency, price);
            } else {
                switch (name) {
                    case UPDATED -> updated = updated(in, record, updated);
                    case STATUS -> refuseError(in);
                    default -> in.skip("payload");
                }
            }
        }
        in.end();
        if (price == null) {
            throw in.malformed(currency, "is missing");
        }
        return new LatestPrice(
                record.instrument(),
                updated == null ? record.received().toMicros() : updated,
                price,
                null,
                null,
                SIMPLE_PRICE);
    }

    private static String currencyOf(RawRecord record) throws MalformedPayload {
        String symbol = record.instrument().symbol();
        int hyphen = symbol.lastIndexOf('-');
        if (hyphen < 1 || hyphen == symbol.length() - 1) {
            throw new MalformedPayload(
                    "instrument " + record.instrument() + ": is not a coin, a hyphen, a currency");
        }
        return symbol.substring(hyphen + 1);
    }

    private static Price price(JsonScanner in, String currency, @Nullable Price before)
            throws MalformedPayload {
        if (before != null) {
            throw in.malformed(currency, "is there twice");
        }
        if (in.nothing()) {
            throw in.malformed(currency, "is null: the coin has no price in it");
        }
        return in.priceNumber(currency);
    }

    private static @Nullable EpochMicros updated(
            JsonScanner in, RawRecord record, @Nullable EpochMicros before)
            throws MalformedPayload {
        if (before != null) {
            throw in.malformed(UPDATED, "is there twice");
        }
        if (in.nothing()) {
            return null;
        }
        long seconds = in.integer(UPDATED);
        if (seconds < 0 || seconds > Long.MAX_VALUE / MICROS_PER_SECOND) {
            throw in.malformed(UPDATED, "is not a time in seconds since 1970");
        }
        EpochMicros time = new EpochMicros(seconds * MICROS_PER_SECOND);
        if (!record.mayTell(time)) {
            throw in.malformed(UPDATED, "lies more than a day after its receipt");
        }
        return time;
    }

    /** {@code "status":{"error_code":429,"error_message":...}} */
    private static void refuseError(JsonScanner in) throws MalformedPayload {
        in.beginObject(STATUS);
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey(STATUS)) {
            if (in.keyName(key).equals("error_code")) {
                throw in.malformed(
                        STATUS, "says that the request failed: " + in.integer("error_code"));
            }
            in.skip(STATUS);
        }
    }
}
