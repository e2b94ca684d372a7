package io.tapeline.ingestor.coingecko;

import io.tapeline.ingestor.json.JsonMembers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts an answer of {@code /simple/price}, {@code {"bitcoin":{"usd":..,"eur":..}}}, into what each
 * asked coin and currency has. Pure.
 */
final class PriceCutter {

    /**
     * One coin in one currency.
     *
     * @param object the coin's own bytes, verbatim; the same array for each of its currencies
     */
    record Priced(String coin, String currency, byte[] object) {

        @Override
        public String toString() {
            return coin + "-" + currency;
        }
    }

    /**
     * @param priced in the order of the answer
     * @param nulls how many values are null
     * @param absent what was asked for and is not there, as {@code coin} or {@code coin-currency},
     *     nulls apart
     */
    record Cut(List<Priced> priced, int nulls, List<String> absent) {}

    private PriceCutter() {}

    static Cut cut(byte[] body, List<String> coins, List<String> currencies) {
        List<Priced> priced = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        int nulls = 0;
        Map<String, int[]> objects = objects(body);
        for (String coin : coins) {
            int[] range = objects.get(coin);
            if (range == null) {
                absent.add(coin);
                continue;
            }
            byte[] object = Arrays.copyOfRange(body, range[0], range[1]);
            Map<String, Boolean> values = values(object);
            for (String currency : currencies) {
                Boolean isNull = values.get(currency);
                if (isNull == null) {
                    absent.add(coin + "-" + currency);
                } else if (isNull) {
                    nulls++;
                } else {
                    priced.add(new Priced(coin, currency, object));
                }
            }
        }
        return new Cut(List.copyOf(priced), nulls, List.copyOf(absent));
    }

    /** Where each coin's object begins and ends. */
    private static Map<String, int[]> objects(byte[] body) {
        Map<String, int[]> objects = new TreeMap<>();
        JsonMembers members = new JsonMembers(body, 0, body.length);
        while (members.next()) {
            if (body[members.valueFrom()] == '{') {
                objects.put(members.keyText(), new int[] {members.valueFrom(), members.valueTo()});
            }
        }
        return objects;
    }

    /** By currency, whether the value is null. */
    private static Map<String, Boolean> values(byte[] object) {
        Map<String, Boolean> values = new TreeMap<>();
        JsonMembers members = new JsonMembers(object, 0, object.length);
        while (members.next()) {
            values.put(members.keyText(), object[members.valueFrom()] == 'n');
        }
        return values;
    }
}
