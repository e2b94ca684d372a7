package io.tapeline.query.mirror.rest;

import io.tapeline.query.candles.CandleAnswers;
import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.registry.InstrumentRegistry;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Fleet;
import io.tapeline.schemas.market.EpochMicros;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every path of the exchange's public market data (A.1), by what follows {@code /api/v3/}. */
final class Operations {

    private final Map<String, Operation> byPath;

    Operations(
            InstrumentRegistry registry,
            Aggregators aggregators,
            Fleet fleet,
            CandleAnswers candles,
            Clock clock) {
        Pairs pairs = new Pairs(registry);
        State state = new State(aggregators);
        List<Operation> all = new ArrayList<>();
        all.add(new Operation("ping", Set.of(), (query, out, reply) -> out.open('{').close('}')));
        all.add(new Operation("time", Set.of(), (query, out, reply) -> time(out, clock)));
        all.add(new SymbolList(pairs, clock).operation());
        all.add(new Depth(pairs, state).operation());
        all.addAll(new Klines(pairs, candles, System::nanoTime).operations());
        all.add(new LatestPrices(state, fleet).operation(pairs));
        all.add(new DayTickers(state, fleet).operation(pairs));
        all.add(new BestOffers(state, fleet).operation(pairs));
        all.add(unsupported(pairs, "trades", Set.of("symbol", "limit")));
        all.add(unsupported(pairs, "historicalTrades", Set.of("symbol", "limit", "fromId")));
        all.add(
                unsupported(
                        pairs,
                        "aggTrades",
                        Set.of("symbol", "fromId", "startTime", "endTime", "limit")));
        all.add(unsupported(pairs, "avgPrice", Set.of("symbol", "symbolStatus")));
        byPath = all.stream().collect(Collectors.toMap(Operation::path, Function.identity()));
    }

    Optional<Operation> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private static void time(ExchangeJson out, Clock clock) {
        out.open('{').name("serverTime").time(EpochMicros.of(clock.instant())).close('}');
    }

    /** Mistakes are told as the exchange tells them, and then that there are no trades here. */
    private static Operation unsupported(Pairs pairs, String path, Set<String> parameters) {
        return new Operation(
                path,
                parameters,
                (query, out, reply) -> {
                    var _ = pairs.one(query.symbol());
                    throw Refusal.unsupported("trades are not recorded here");
                });
    }
}
