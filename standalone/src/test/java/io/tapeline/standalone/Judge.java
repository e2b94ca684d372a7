package io.tapeline.standalone;

import com.google.protobuf.Message;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Levels;
import io.tapeline.schemas.proto.BookAnswer;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.Trust;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.LevelsCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Holds answers against what the market knows to have been true. Any thread may ask. */
final class Judge {

    private static final long SECOND_MILLIS = 1_000;

    private final Map<String, KnownMarket.Known> market = new HashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    Judge(KnownMarket market) {
        market.instruments().forEach(each -> this.market.put(each.instrument().id(), each));
    }

    void wrong(String what) {
        wrong.add(what);
    }

    List<String> allWrong() {
        return List.copyOf(wrong);
    }

    /** A list of all prices is whole: each of them was true, and none lacks. By instrument. */
    Map<String, Trust> ofAll(List<PriceAnswer> list) {
        Map<String, Trust> trust = new TreeMap<>();
        for (PriceAnswer each : list) {
            String id = each.getPrice().getInstrument();
            KnownMarket.Known known = market.get(id);
            if (known == null || trust.put(id, of(known, each)) != null) {
                wrong("all prices: " + id + " is twice in them, or should not be");
            }
        }
        if (!trust.keySet().containsAll(market.keySet())) {
            TreeSet<String> missing = new TreeSet<>(market.keySet());
            missing.removeAll(trust.keySet());
            wrong("all prices: without " + missing);
        }
        return trust;
    }

    Trust of(KnownMarket.Known known, Message answer) {
        try {
            return switch (answer) {
                case BookAnswer book -> judgeBook(known, book);
                case PriceAnswer price -> judgePrice(known, price);
                case CandlesAnswer candles -> judgeCandles(known, candles);
                default -> throw new IllegalArgumentException(answer.toString());
            };
        } catch (MalformedPayload e) {
            throw new IllegalStateException(e);
        }
    }

    private Trust judgeBook(KnownMarket.Known known, BookAnswer answer) throws MalformedPayload {
        long id = answer.getTrust().getUpdateId();
        String told =
                text(LevelsCodec.fromProto(answer.getBids()))
                        + "|"
                        + text(LevelsCodec.fromProto(answer.getAsks()));
        if (!known.wasBook(id, told)) {
            wrong.add(
                    "book of %s at %d, %s%n told %s%n was  %s"
                            .formatted(
                                    known.instrument().id(),
                                    id,
                                    answer.getTrust(),
                                    told,
                                    known.book(id)));
        }
        return answer.getTrust();
    }

    private static String text(Levels side) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < side.size(); i++) {
            text.append(side.price(i).value().normalized())
                    .append(':')
                    .append(side.quantity(i).value().normalized())
                    .append(' ');
        }
        return text.toString();
    }

    private Trust judgePrice(KnownMarket.Known known, PriceAnswer answer) throws MalformedPayload {
        LatestPrice price = LatestPriceCodec.fromProto(answer.getPrice());
        String told =
                KnownMarket.price(
                        price.source(),
                        price.eventTime().toMillis(),
                        price.price().value().toBigDecimal().longValueExact());
        if (!known.wasPrice(told)) {
            wrong.add("price of " + known.instrument().id() + " that never was: " + told);
        }
        return answer.getTrust();
    }

    /**
     * Each candle is a state that was told of it, and between the first and the last none lacks.
     */
    private Trust judgeCandles(KnownMarket.Known known, CandlesAnswer answer)
            throws MalformedPayload {
        long expectedMillis = 0;
        for (int i = 0; i < answer.getItemsCount(); i++) {
            Candle candle = CandleCodec.fromProto(answer.getItems(i));
            long openMillis = candle.openTime().toMillis();
            String told =
                    KnownMarket.candle(
                            openMillis,
                            candle.eventTime().toMillis(),
                            candle.close().value().toBigDecimal().longValueExact(),
                            candle.closed());
            boolean follows = i == 0 || openMillis == expectedMillis;
            boolean open = !candle.closed() && i < answer.getItemsCount() - 1;
            if (!known.wasCandle(told) || !follows || open) {
                wrong.add(
                        "candle %d of %d of %s that never was, or does not follow %d: %s, %s"
                                .formatted(
                                        i,
                                        answer.getItemsCount(),
                                        known.instrument().id(),
                                        expectedMillis,
                                        told,
                                        answer.getTrust()));
            }
            expectedMillis = openMillis + SECOND_MILLIS;
        }
        return answer.getTrust();
    }
}
