package io.tapeline.aggregator.book;

import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.market.Price;
import io.tapeline.schemas.market.Quantity;
import io.tapeline.schemas.market.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * What may be asked of one side of an {@link ArrayOrderBook}, valid until the book changes. Each
 * answer touches the levels that it is about and no others; a level is found by halving.
 */
record SideView(Side side, LevelArray levels, int priceScale, int quantityScale) {

    /** Prices rise with ranks on the bids' side and fall with them on the asks'. */
    static long sign(Side side) {
        return switch (side) {
            case BID -> 1;
            case ASK -> -1;
        };
    }

    private Price price(int index) {
        return new Price(Decimal.of(sign(side) * levels.rank(index), priceScale));
    }

    private Quantity quantity(int index) {
        return new Quantity(Decimal.of(levels.quantity(index), quantityScale));
    }

    /** The worst price; only where there is a level. */
    Price farthest() {
        return price(0);
    }

    Levels top(int limit) {
        int count = Math.min(limit, levels.size());
        long[] prices = new long[count];
        long[] quantities = new long[count];
        long sign = sign(side);
        for (int i = 0; i < count; i++) {
            int index = levels.size() - 1 - i;
            prices[i] = sign * levels.rank(index);
            quantities[i] = levels.quantity(index);
        }
        return Levels.compact(count, priceScale, quantityScale, prices, quantities);
    }

    Iterator<BookLevel> bestFirst() {
        return new Iterator<>() {
            private int next = levels.size() - 1;

            @Override
            public boolean hasNext() {
                return next >= 0;
            }

            @Override
            public BookLevel next() {
                if (next < 0) {
                    throw new NoSuchElementException();
                }
                int index = next--;
                return new BookLevel(price(index), quantity(index), levels.stamp(index));
            }
        };
    }

    BookVolume volume(VolumeOperator operator, Price price, BookRange range) {
        // Levels of at least / more than the price's rank, counted from the top.
        int atOrBetter = firstAtOrBetter(price, false);
        int better = firstAtOrBetter(price, true);
        boolean towardsTop =
                operator == (side == Side.BID ? VolumeOperator.GTE : VolumeOperator.LTE);
        int from = operator == VolumeOperator.EQ || towardsTop ? atOrBetter : 0;
        int to = towardsTop ? levels.size() : better;
        WideSum volume = new WideSum();
        WideSum total = new WideSum();
        for (int i = from; i < to; i++) {
            volume.add(levels.quantity(i));
            total.addProduct(Math.abs(levels.rank(i)), levels.quantity(i));
        }
        return new BookVolume(
                volume.toDecimal(quantityScale),
                total.toDecimal(priceScale + quantityScale),
                Math.max(0, to - from),
                range.covers(side, operator, price));
    }

    /** The first index whose price is at least as good as the given one, or strictly better. */
    private int firstAtOrBetter(Price price, boolean strictly) {
        BigDecimal scaled = price.value().toBigDecimal().movePointRight(priceScale);
        if (side == Side.ASK) {
            scaled = scaled.negate();
        }
        BigInteger floor = scaled.setScale(0, RoundingMode.FLOOR).toBigInteger();
        boolean exact = scaled.compareTo(new BigDecimal(floor)) == 0;
        if (floor.bitLength() >= Long.SIZE) {
            return floor.signum() > 0 ? levels.size() : 0;
        }
        long rank = floor.longValue();
        // Between two ticks, and strictly above one, the first candidate is the next tick.
        boolean next = strictly || !exact;
        if (next && rank == Long.MAX_VALUE) {
            return levels.size();
        }
        return levels.lowerBound(next ? rank + 1 : rank);
    }

    /** Levels that are taken whole are summed as longs; only the last one may be taken in part. */
    BookQuote quote(Quantity asked, BookRange range) {
        BigDecimal wanted = asked.value().toBigDecimal();
        WideSum left = WideSum.ofFloor(wanted.movePointRight(quantityScale));
        WideSum taken = new WideSum();
        WideSum paid = new WideSum();
        int index = levels.size() - 1;
        while (index >= 0 && left.isAtLeast(levels.quantity(index))) {
            left.subtract(levels.quantity(index));
            taken.add(levels.quantity(index));
            paid.addProduct(Math.abs(levels.rank(index)), levels.quantity(index));
            index--;
        }
        BigDecimal filled = taken.toBigDecimal(quantityScale);
        BigDecimal total = paid.toBigDecimal(priceScale + quantityScale);
        int worst = index + 1;
        if (index >= 0 && filled.compareTo(wanted) < 0) {
            BigDecimal part = wanted.subtract(filled);
            total = total.add(part.multiply(price(index).value().toBigDecimal()));
            filled = wanted;
            worst = index;
        }
        boolean any = worst < levels.size();
        return new BookQuote(
                new Quantity(Decimal.of(filled)),
                Decimal.of(total),
                any ? price(levels.size() - 1) : null,
                any ? price(worst) : null,
                filled.compareTo(wanted) == 0 && (!any || range.covers(side, price(worst))));
    }
}
