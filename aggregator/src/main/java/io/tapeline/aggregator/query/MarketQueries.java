package io.tapeline.aggregator.query;

import io.tapeline.aggregator.price.KnownPrice;
import io.tapeline.aggregator.price.PriceArbiter;
import io.tapeline.aggregator.store.CandleKey;
import io.tapeline.aggregator.store.Sourced;
import io.tapeline.aggregator.store.StoreNames;
import io.tapeline.aggregator.sync.RecordSource;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.market.LatestPrice;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.proto.PriceAnswer;
import io.tapeline.schemas.proto.TickerAnswer;
import io.tapeline.schemas.proto.TickerAnswers;
import io.tapeline.schemas.topic.Topics;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.LatestPriceCodec;
import io.tapeline.schemas.wire.TickerCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Questions about prices, tickers and candles. */
final class MarketQueries {

    private static final EpochMicros EARLIEST = new EpochMicros(0);
    private static final EpochMicros LATEST = new EpochMicros(Long.MAX_VALUE);

    private final LocalStores stores;
    private final Topics topics;
    private final PriceLists priceLists;
    private final QueryableStoreType<ReadOnlyKeyValueStore<String, Sourced<KnownPrice>>> prices =
            QueryableStoreTypes.keyValueStore();
    private final QueryableStoreType<ReadOnlyKeyValueStore<String, Sourced<Ticker>>> tickers =
            QueryableStoreTypes.keyValueStore();
    private final QueryableStoreType<ReadOnlyKeyValueStore<CandleKey, Sourced<Candle>>> candles =
            QueryableStoreTypes.keyValueStore();

    MarketQueries(LocalStores stores, Topics topics) {
        this.stores = stores;
        this.topics = topics;
        this.priceLists = new PriceLists(stores, this::priceAnswer);
    }

    QueryOutcome<PriceAnswer> price(Instrument instrument) {
        return stores.ask(
                StoreNames.PRICES,
                prices,
                instrument,
                (store, standing) -> {
                    Sourced<KnownPrice> held = store.get(instrument.id());
                    return held == null ? null : priceAnswer(held, standing);
                });
    }

    /**
     * All that this instance holds, of its active partitions and its standbys, and which, as {@link
     * io.tapeline.schemas.proto.PriceAnswers}.
     */
    byte[] priceList() {
        return priceLists.all();
    }

    /** All prices of the active partitions. */
    List<PriceAnswer> prices() {
        return stores
                .askAll(
                        StoreNames.PRICES,
                        prices,
                        (store, standing) ->
                                standing == Standing.STANDBY
                                        ? List.<PriceAnswer>of()
                                        : all(store, held -> priceAnswer(held, standing)))
                .stream()
                .flatMap(each -> each.answer().stream())
                .toList();
    }

    /** All tickers of the active partitions. */
    List<TickerAnswer> tickers() {
        return stores
                .askAll(
                        StoreNames.TICKERS,
                        tickers,
                        (store, standing) ->
                                standing == Standing.STANDBY
                                        ? List.<TickerAnswer>of()
                                        : all(store, held -> tickerAnswer(held, standing)))
                .stream()
                .flatMap(each -> each.answer().stream())
                .toList();
    }

    private static <V, A> List<A> all(
            ReadOnlyKeyValueStore<String, Sourced<V>> store, Function<Sourced<V>, A> answer) {
        List<A> ofPartition = new ArrayList<>();
        try (KeyValueIterator<String, Sourced<V>> each = store.all()) {
            each.forEachRemaining(entry -> ofPartition.add(answer.apply(entry.value)));
        }
        return ofPartition;
    }

    private PriceAnswer priceAnswer(Sourced<KnownPrice> held, Standing standing) {
        KnownPrice known = held.value();
        LatestPrice price = known.price();
        return PriceAnswer.newBuilder()
                .setPrice(LatestPriceCodec.toProto(price))
                .setTrust(
                        TrustMarks.of(price.eventTime(), topicOf(price), held.source(), standing)
                                .toBuilder()
                                .setConfirmedUs(known.confirmed().value()))
                .build();
    }

    private String topicOf(LatestPrice price) {
        return price.source().equals(PriceArbiter.KLINE)
                ? topics.rawKlines().name()
                : topics.rawTickers().name();
    }

    QueryOutcome<TickerAnswer> ticker(Instrument instrument) {
        return stores.ask(
                StoreNames.TICKERS,
                tickers,
                instrument,
                (store, standing) -> {
                    Sourced<Ticker> held = store.get(instrument.id());
                    return held == null ? null : tickerAnswer(held, standing);
                });
    }

    /** All that this instance holds, of its active partitions and its standbys, and which. */
    TickerAnswers allTickers() {
        TickerAnswers.Builder all = TickerAnswers.newBuilder();
        for (LocalStores.PartitionAnswer<List<TickerAnswer>> each :
                stores.askAll(
                        StoreNames.TICKERS,
                        tickers,
                        (store, standing) -> all(store, held -> tickerAnswer(held, standing)))) {
            all.addAllItems(each.answer());
            if (each.standing() != Standing.CURRENT) {
                all.addStalePartitions(each.partition());
            } else {
                all.addPartitions(each.partition());
            }
        }
        return all.build();
    }

    private TickerAnswer tickerAnswer(Sourced<Ticker> held, Standing standing) {
        return TickerAnswer.newBuilder()
                .setTicker(TickerCodec.toProto(held.value()))
                .setTrust(
                        TrustMarks.of(
                                held.value().eventTime(),
                                topics.rawTickers().name(),
                                held.source(),
                                standing))
                .build();
    }

    QueryOutcome<CandlesAnswer> candles(Instrument instrument, Interval interval, int limit) {
        return stores.ask(
                StoreNames.CANDLES,
                candles,
                instrument,
                (store, standing) -> candles(store, instrument, interval, limit, standing));
    }

    private @Nullable CandlesAnswer candles(
            ReadOnlyKeyValueStore<CandleKey, Sourced<Candle>> store,
            Instrument instrument,
            Interval interval,
            int limit,
            Standing standing) {
        List<Sourced<Candle>> newest = new ArrayList<>();
        try (KeyValueIterator<CandleKey, Sourced<Candle>> newestFirst =
                store.reverseRange(
                        new CandleKey(instrument, interval, EARLIEST),
                        new CandleKey(instrument, interval, LATEST))) {
            while (newest.size() < limit && newestFirst.hasNext()) {
                newest.add(newestFirst.next().value);
            }
        }
        if (newest.isEmpty()) {
            return null;
        }
        Collections.reverse(newest);
        EpochMicros eventTime = EARLIEST;
        RecordSource source = RecordSource.NONE;
        CandlesAnswer.Builder answer = CandlesAnswer.newBuilder();
        for (Sourced<Candle> each : newest) {
            answer.addItems(CandleCodec.toProto(each.value()));
            if (each.source().offset() > source.offset()) {
                source = each.source();
                eventTime = each.value().eventTime();
            }
        }
        return answer.setTrust(
                        TrustMarks.of(eventTime, topics.rawKlines().name(), source, standing))
                .build();
    }
}
