package io.tapeline.exchange.coingecko;

import java.math.BigDecimal;

/**
 * A coin of the catalogue.
 *
 * @param id as it stands in {@code ids}
 * @param symbol not unique in the real catalogue
 * @param dollars around which its price moves
 * @param supply how many there are; zero where nobody knows, and then it has no market value
 */
record Coin(String id, String symbol, String name, BigDecimal dollars, long supply) {

    static Coin of(String id, String symbol, String name, String dollars, long supply) {
        return new Coin(id, symbol, name, new BigDecimal(dollars), supply);
    }
}
