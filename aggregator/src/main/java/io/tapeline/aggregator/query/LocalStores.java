package io.tapeline.aggregator.query;

import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.topic.InstrumentPartitioner;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.jspecify.annotations.Nullable;

/**
 * Asks the partitions of stores that are here. An active partition answers as such once it is
 * restored; until then, and on a standby, the answer is what has reached it, and is marked.
 */
final class LocalStores {

    private final KafkaStreams streams;
    private final Routing routing;
    private final Restorations restorations;
    private final StandbyCopies copies;
    private final Currency currency;

    LocalStores(
            KafkaStreams streams,
            Routing routing,
            Restorations restorations,
            StandbyCopies copies,
            Currency currency) {
        this.streams = streams;
        this.routing = routing;
        this.restorations = restorations;
        this.copies = copies;
        this.currency = currency;
    }

    /** A question to one partition's store; null where it knows nothing of the instrument. */
    interface Question<S, A> {

        @Nullable A ask(S store, Standing standing);
    }

    /** What one partition answered. */
    record PartitionAnswer<A>(int partition, Standing standing, A answer) {}

    <S, A> QueryOutcome<A> ask(
            String store,
            QueryableStoreType<S> type,
            Instrument instrument,
            Question<S, A> question) {
        int partition = InstrumentPartitioner.partitionOf(instrument, routing.partitions());
        return ask(routing.placement(store, partition), store, type, partition, question);
    }

    private <S, A> QueryOutcome<A> ask(
            Placement placement,
            String store,
            QueryableStoreType<S> type,
            int partition,
            Question<S, A> question) {
        return switch (placement) {
            case ACTIVE -> askActive(store, type, partition, question);
            case STANDBY -> askStandby(store, type, partition, question);
            case ELSEWHERE -> new QueryOutcome.OwnedByOther<>(partition);
            case UNASSIGNED -> notReady(store, partition, "is not assigned yet");
        };
    }

    private <S, A> QueryOutcome<A> askActive(
            String store, QueryableStoreType<S> type, int partition, Question<S, A> question) {
        try {
            S active = open(store, type, partition, false);
            // A task that failed is restored anew while its thread still counts as running.
            if (restorations.of(store, partition) != null) {
                return whileRestored(store, type, partition, question);
            }
            Standing standing = currency.of(store, partition);
            A answer = question.ask(active, standing);
            if (standing == Standing.CUT_OFF) {
                return answer == null
                        ? notReady(store, partition, "may be another's by now")
                        : new QueryOutcome.Behind<>(answer);
            }
            return answer == null ? new QueryOutcome.Absent<>() : new QueryOutcome.Found<>(answer);
        } catch (InvalidStateStoreException e) {
            return whileRestored(store, type, partition, question);
        }
    }

    /** Not there yet; what was restored so far may answer. */
    private <S, A> QueryOutcome<A> whileRestored(
            String store, QueryableStoreType<S> type, int partition, Question<S, A> question) {
        A answer = askStale(store, type, partition, Standing.BEHIND, question);
        return answer == null
                ? notReady(store, partition, "is being restored or moved")
                : new QueryOutcome.Behind<>(answer);
    }

    /** A standby that lacks the instrument proves nothing: it may not have got that far. */
    private <S, A> QueryOutcome<A> askStandby(
            String store, QueryableStoreType<S> type, int partition, Question<S, A> question) {
        A answer = askStale(store, type, partition, Standing.STANDBY, question);
        return answer == null
                ? notReady(store, partition, "is a standby that has not got the instrument")
                : new QueryOutcome.Found<>(answer);
    }

    private <S, A> @Nullable A askStale(
            String store,
            QueryableStoreType<S> type,
            int partition,
            Standing standing,
            Question<S, A> question) {
        try {
            return question.ask(open(store, type, partition, true), standing);
        } catch (InvalidStateStoreException e) {
            return null;
        }
    }

    private <A> QueryOutcome<A> notReady(String store, int partition, String why) {
        return new QueryOutcome.NotReady<>(
                "partition " + partition + " of " + store + " " + why,
                restorations.of(store, partition));
    }

    /** Asks every partition that is here, or was when Kafka was last heard, and whole. */
    <S, A> List<PartitionAnswer<A>> askAll(
            String store, QueryableStoreType<S> type, Question<S, A> question) {
        List<PartitionAnswer<A>> answers = new ArrayList<>();
        for (int partition = 0; partition < routing.partitions(); partition++) {
            int asked = partition;
            QueryOutcome<PartitionAnswer<A>> outcome =
                    ask(
                            routing.placement(store, partition),
                            store,
                            type,
                            partition,
                            (S opened, Standing standing) -> {
                                A answer = question.ask(opened, standing);
                                return answer == null
                                        ? null
                                        : new PartitionAnswer<>(asked, standing, answer);
                            });
            switch (outcome) {
                // Nobody could tell what the list of a partition lacks that is being copied or
                // restored.
                case QueryOutcome.Found<PartitionAnswer<A>>(PartitionAnswer<A> answer) -> {
                    if (answer.standing() != Standing.STANDBY || copies.isWhole(store, partition)) {
                        answers.add(answer);
                    }
                }
                case QueryOutcome.Behind<PartitionAnswer<A>>(PartitionAnswer<A> answer) -> {
                    if (answer.standing() == Standing.CUT_OFF) {
                        answers.add(answer);
                    }
                }
                case QueryOutcome.Absent<PartitionAnswer<A>> _,
                        QueryOutcome.NotReady<PartitionAnswer<A>> _,
                        QueryOutcome.OwnedByOther<PartitionAnswer<A>> _ -> {}
            }
        }
        return answers;
    }

    private <S> S open(String store, QueryableStoreType<S> type, int partition, boolean stale) {
        StoreQueryParameters<S> parameters =
                StoreQueryParameters.fromNameAndType(store, type).withPartition(partition);
        return streams.store(stale ? parameters.enableStaleStores() : parameters);
    }
}
