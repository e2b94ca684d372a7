package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.feed.ByteKeyTable;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a line follows and where their events go. Immutable: another choice of
 * instruments is another table.
 */
final class StreamTable {

    /** A stream's events are of one instrument, or arrays of many instruments' events. */
    sealed interface Followed {

        record Single(RawRoute route) implements Followed {}

        /** By symbol as payloads spell it, in upper case. */
        record Array(ByteKeyTable<RawRoute> routes) implements Followed {}
    }

    static final StreamTable EMPTY = new StreamTable(Set.of(), Map.of(), Map.of());

    private final Set<String> streams;
    private final ByteKeyTable<Followed> table;
    private final Map<String, List<SubscribedStream>> contents;

    private StreamTable(
            Set<String> streams,
            Map<String, Followed> followed,
            Map<String, List<SubscribedStream>> contents) {
        this.streams = streams;
        this.table = new ByteKeyTable<>(followed);
        this.contents = contents;
    }

    static StreamTable of(
            Collection<Instrument> instruments,
            List<StreamType> types,
            String line,
            ExchangeTimeUnit unit,
            RawRoutes routes) {
        Set<String> streams = new LinkedHashSet<>();
        Map<String, Followed> followed = new HashMap<>();
        Map<String, List<SubscribedStream>> contents = new HashMap<>();
        for (Instrument instrument : instruments) {
            for (StreamType type : types) {
                if (!type.ofAllInstruments()) {
                    String stream = type.streamOf(instrument.symbol());
                    streams.add(stream);
                    contents.put(stream, List.of(new SubscribedStream(instrument, type)));
                    followed.put(
                            stream,
                            new Followed.Single(
                                    routes.route(
                                            instrument,
                                            type.kind(),
                                            BinanceSpan.ofStream(type.kind(), unit),
                                            stream,
                                            line,
                                            unit)));
                }
            }
        }
        for (StreamType type : types) {
            if (type.ofAllInstruments() && !instruments.isEmpty()) {
                Map<String, RawRoute> bySymbol = new HashMap<>();
                instruments.forEach(i ->
                        bySymbol.put(
                                i.symbol(),
                                routes.route(
                                        i,
                                        type.kind(),
                                        BinanceSpan.ofStream(type.kind(), unit),
                                        type.suffix(),
                                        line,
                                        unit)));
                streams.add(type.suffix());
                contents.put(
                        type.suffix(),
                        instruments.stream().map(i -> new SubscribedStream(i, type)).toList());
                followed.put(type.suffix(), new Followed.Array(new ByteKeyTable<>(bySymbol)));
            }
        }
        return new StreamTable(Set.copyOf(streams), followed, contents);
    }

    Set<String> streams() {
        return streams;
    }

    /** What the streams bring; nothing of those that are not followed. */
    List<SubscribedStream> contents(Collection<String> names) {
        return names.stream()
                .flatMap(name -> contents.getOrDefault(name, List.of()).stream())
                .toList();
    }

    @Nullable Followed find(byte[] message, int from, int to) {
        return table.find(message, from, to);
    }
}
