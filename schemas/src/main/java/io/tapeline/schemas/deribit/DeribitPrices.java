package io.tapeline.schemas.deribit;

import io.tapeline.schemas.json.JsonScanner;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import org.jspecify.annotations.Nullable;

/**
 * A price index (EXCHANGES.md B): the {@code data} of a notification of {@code
 * deribit_price_index.btc_usd}, and the answer of {@code public/get_index_price}. The instrument's
 * symbol is the index's name.
 */
public final class DeribitPrices {

    /** {@link LatestPrice#source} of what the stream told. */
    public static final String INDEX = "index";

    /** {@link LatestPrice#source} of what the answer to a request told. */
    public static final String GET_INDEX_PRICE = "get_index_price";

    private static final String CHANNEL = "deribit_price_index.";
    private static final String PATH = "rest/get_index_price";

    private DeribitPrices() {}

    /**
     * A notification or an answer, by the record's stream. The time of an answer is {@code usOut},
     * when the exchange sent it.
     *
     * @throws MalformedPayload if it is neither, of another index, or an error
     */
    public static LatestPrice decode(RawRecord record) throws MalformedPayload {
        String index = record.instrument().symbol();
        if (record.isRest()) {
            if (!record.answers(PATH) || !index.equals(record.parameter("index_name"))) {
                throw new MalformedPayload(
                        "stream " + record.stream() + ": is not " + PATH + " of " + index);
            }
            return answer(record);
        }
        if (!record.stream().equals(CHANNEL + index)) {
            throw new MalformedPayload("stream " + record.stream() + ": is not " + CHANNEL + index);
        }
        return notification(record, index);
    }

    private static LatestPrice notification(RawRecord record, String index)
            throws MalformedPayload {
        JsonScanner in = new JsonScanner("price index", record.payload());
        EpochMicros time = null;
        Price price = null;
        boolean named = false;
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            switch (in.keyName(key)) {
                case "timestamp" -> time = time(in, record, "timestamp", time, record.unit());
                case "price" -> price = price(in, "price", price);
                case "index_name" -> {
                    in.expectText("index_name", index);
                    named = true;
                }
                default -> in.skip("payload");
            }
        }
        in.end();
        if (!named) {
            throw in.malformed("index_name", "is missing");
        }
        return latest(record, in, "timestamp", time, "price", price, INDEX);
    }

    private static LatestPrice answer(RawRecord record) throws MalformedPayload {
        JsonScanner in = new JsonScanner("get_index_price", record.payload());
        EpochMicros time = null;
        Price price = null;
        in.beginObject("payload");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("payload")) {
            switch (in.keyName(key)) {
                case "result" -> {
                    if (price != null) {
                        throw in.malformed("result", "is there twice");
                    }
                    price = result(in);
                }
                case "error" -> refuseError(in);
                case "usOut" ->
                        time = time(in, record, "usOut", time, ExchangeTimeUnit.MICROSECONDS);
                default -> in.skip("payload");
            }
        }
        in.end();
        return latest(record, in, "usOut", time, "result.index_price", price, GET_INDEX_PRICE);
    }

    private static @Nullable Price result(JsonScanner in) throws MalformedPayload {
        Price price = null;
        in.beginObject("result");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("result")) {
            if (in.keyName(key).equals("index_price")) {
                price = price(in, "result.index_price", price);
            } else {
                in.skip("result");
            }
        }
        return price;
    }

    /** {@code "error":{"code":10028,"message":...}}; null, as some servers say, is none. */
    private static void refuseError(JsonScanner in) throws MalformedPayload {
        if (in.nothing()) {
            return;
        }
        in.beginObject("error");
        for (int key = in.firstKey(); key != JsonScanner.NO_KEY; key = in.nextKey("error")) {
            if (in.keyName(key).equals("code")) {
                throw in.malformed("error", "says that the request failed: " + in.integer("code"));
            }
            in.skip("error");
        }
        throw in.malformed("error", "says that the request failed, without a code");
    }

    private static EpochMicros time(
            JsonScanner in,
            RawRecord record,
            String field,
            @Nullable EpochMicros before,
            ExchangeTimeUnit unit)
            throws MalformedPayload {
        EpochMicros time = in.time(field, unit);
        if (before != null) {
            throw in.malformed(field, "is there twice");
        }
        if (!record.mayTell(time)) {
            throw in.malformed(field, "lies more than a day after its receipt");
        }
        return time;
    }

    private static Price price(JsonScanner in, String field, @Nullable Price before)
            throws MalformedPayload {
        if (before != null) {
            throw in.malformed(field, "is there twice");
        }
        if (in.nothing()) {
            throw in.malformed(field, "is null");
        }
        return in.priceNumber(field);
    }

    private static LatestPrice latest(
            RawRecord record,
            JsonScanner in,
            String timeField,
            @Nullable EpochMicros time,
            String priceField,
            @Nullable Price price,
            String source)
            throws MalformedPayload {
        if (time == null) {
            throw in.malformed(timeField, "is missing");
        }
        if (price == null) {
            throw in.malformed(priceField, "is missing");
        }
        return new LatestPrice(record.instrument(), time, price, null, null, source);
    }
}
