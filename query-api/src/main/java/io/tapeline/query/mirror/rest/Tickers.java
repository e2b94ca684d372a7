package io.tapeline.query.mirror.rest;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.routing.Answer;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.proto.InstrumentInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code ticker/...} paths have in common: of one pair, of some, or of all (A.6).
 *
 * @param <T> what is told of one pair
 */
final class Tickers<T> {

    static final Set<String> SELECTION = Set.of("symbol", "symbols", "symbolStatus");

    private final Pairs pairs;
    private final Kind<T> kind;

    Tickers(Pairs pairs, Kind<T> kind) {
        this.pairs = pairs;
        this.kind = kind;
    }

    /** One of the paths. */
    interface Kind<T> {

        T one(InstrumentInfo info, Reply reply);

        /** Of as many of the wanted as are known. */
        Answer<List<T>> all(Predicate<Instrument> wanted);

        Instrument instrumentOf(T told);

        /** False where it cannot be told, and nothing is written. */
        boolean write(T told, Query query, ExchangeJson out, Reply reply);
    }

    void answer(Query query, ExchangeJson out, Reply reply) {
        String status = query.text("symbolStatus");
        List<String> symbols = query.symbols();
        if (query.has("symbol")) {
            if (symbols != null) {
                throw Refusal.combination();
            }
            InstrumentInfo info = pairs.one(query.symbol());
            Pairs.requireStatus(status, info);
            kind.write(kind.one(info, reply), query, out, reply);
            return;
        }
        Pairs.requireKnown(status);
        List<InstrumentInfo> wanted =
                (symbols == null ? pairs.all() : pairs.some(symbols))
                        .stream().filter(info -> Pairs.hasStatus(status, info)).toList();
        Map<Instrument, T> told = told(wanted);
        out.open('[');
        int leftOut = 0;
        for (InstrumentInfo info : wanted) {
            @Nullable T each = told.get(Pairs.instrumentOf(info));
            if (each == null || !kind.write(each, query, out, reply)) {
                leftOut++;
            }
        }
        out.close(']');
        reply.leftOut(leftOut);
    }

    private Map<Instrument, T> told(List<InstrumentInfo> wanted) {
        Set<Instrument> instruments = new HashSet<>();
        wanted.forEach(info -> instruments.add(Pairs.instrumentOf(info)));
        Map<Instrument, T> told = new HashMap<>();
        State.found(kind.all(instruments::contains))
                .forEach(each -> told.put(kind.instrumentOf(each), each));
        return told;
    }
}
