package io.tapeline.aggregator.query;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.jspecify.annotations.Nullable;

/**
 * Asks the partitions of stores that are here. An active partition answers once it is restored; a
 * standby answers with what has reached it, and is marked.
 */
final class LocalStores {

    private final KafkaStreams streams;
    private final Routing routing;

    LocalStores(KafkaStreams streams, Routing routing) {
        this.streams = streams;
        this.routing = routing;
    }

    /** A question to one partition's store; null where it knows nothing of the instrument. */
    interface Question<S, A> {
        @Nullable A ask(S store, boolean standby);
    }

    <S, A> QueryOutcome<A> ask(
            String store,
            QueryableStoreType<S> type,
            Instrument instrument,
            Question<S, A> question) {
        int partition = InstrumentPartitioner.partitionOf(instrument, routing.partitions());
        return switch (routing.placement(store, partition)) {
            case ACTIVE -> ask(store, type, partition, false, question);
            case STANDBY -> ask(store, type, partition, true, question);
            case ELSEWHERE -> new QueryOutcome.OwnedByOther<>(partition);
            case UNASSIGNED ->
                    new QueryOutcome.NotReady<>(
                            "partition " + partition + " of " + store + " is not assigned yet");
        };
    }

    private <S, A> QueryOutcome<A> ask(
            String store,
            QueryableStoreType<S> type,
            int partition,
            boolean standby,
            Question<S, A> question) {
        try {
            A answer = question.ask(open(store, type, partition, standby), standby);
            return answer == null ? new QueryOutcome.Absent<>() : new QueryOutcome.Found<>(answer);
        } catch (InvalidStateStoreException e) {
            return new QueryOutcome.NotReady<>(
                    "partition " + partition + " of " + store + " is being restored or moved");
        }
    }

    /** Asks every partition that is here and ready. */
    <S, A> List<A> askAll(
            String store, QueryableStoreType<S> type, BiFunction<S, Boolean, A> question) {
        List<A> answers = new ArrayList<>();
        for (int partition = 0; partition < routing.partitions(); partition++) {
            Placement placement = routing.placement(store, partition);
            if (placement == Placement.ACTIVE || placement == Placement.STANDBY) {
                QueryOutcome<A> outcome =
                        ask(
                                store,
                                type,
                                partition,
                                placement == Placement.STANDBY,
                                question::apply);
                if (outcome instanceof QueryOutcome.Found<A>(A answer)) {
                    answers.add(answer);
                }
            }
        }
        return answers;
    }

    private <S> S open(String store, QueryableStoreType<S> type, int partition, boolean standby) {
        StoreQueryParameters<S> parameters =
                StoreQueryParameters.fromNameAndType(store, type).withPartition(partition);
        return streams.store(standby ? parameters.enableStaleStores() : parameters);
    }
}
