package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.feed.ByteKeyTable;
import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.feed.RawRoute;
import io.tapeline.ingestor.feed.RawRoutes;
import io.tapeline.schemas.market.ExchangeTimeUnit;
import io.tapeline.schemas.market.Instrument;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a line follows and where their events go. Immutable: another choice of
 * instruments is another table.
 */
final class StreamTable {

    /** A stream's events are of one instrument, or arrays of many instruments' events. */
    sealed interface Followed {

        /** What it brings, of which instruments. */
        List<SubscribedStream> contents();

        record Single(List<SubscribedStream> contents, RawRoute route) implements Followed {}

        /** By symbol as payloads spell it, in upper case. */
        record Array(List<SubscribedStream> contents, ByteKeyTable<RawRoute> routes)
                implements Followed {}
    }

    static final StreamTable EMPTY = new StreamTable(Set.of(), Map.of());

    private final Set<String> streams;
    private final Map<String, Followed> followed;

    private StreamTable(Set<String> streams, Map<String, Followed> followed) {
        this.streams = streams;
        this.followed = Map.copyOf(followed);
    }

    static StreamTable of(
            Collection<Instrument> instruments,
            List<StreamType> types,
            String line,
            ExchangeTimeUnit unit,
            RawRoutes routes) {
        Set<String> streams = new LinkedHashSet<>();
        Map<String, Followed> followed = new HashMap<>();
        for (Instrument instrument : instruments) {
            for (StreamType type : types) {
                if (!type.ofAllInstruments()) {
                    String stream = type.streamOf(instrument.symbol());
                    streams.add(stream);
                    followed.put(
                            stream,
                            new Followed.Single(
                                    List.of(new SubscribedStream(instrument, type)),
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
                followed.put(
                        type.suffix(),
                        new Followed.Array(
                                instruments.stream()
                                        .map(i -> new SubscribedStream(i, type))
                                        .toList(),
                                new ByteKeyTable<>(bySymbol)));
            }
        }
        return new StreamTable(Set.copyOf(streams), followed);
    }

    Set<String> streams() {
        return streams;
    }

    /**
     * What the streams bring that is missed when it does not come; nothing of those that are not
     * followed.
     */
    List<SubscribedStream> missable(Collection<String> names) {
        return names.stream()
                .map(followed::get)
                .filter(Objects::nonNull)
                .flatMap(stream -> stream.contents().stream())
                .filter(content -> content.type().kind() != EventKind.PICTURES)
                .toList();
    }

    /** Null if the stream is none of these. */
    @Nullable Followed followed(String stream) {
        return followed.get(stream);
    }
}
