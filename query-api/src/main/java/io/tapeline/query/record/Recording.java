package io.tapeline.query.record;

import io.tapeline.query.consume.Brokers;
import io.tapeline.query.consume.PartitionReader;
import io.tapeline.query.history.HistoryStore;
import io.tapeline.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;

/** The clean topics that history keeps, read from where the history ends. */
public final class Recording {

    private final HistoryStore store;
    private final Recorder.DeadLetters deadLetters;
    private final RecordingCounts counts;
    private final PartitionReader.Batching batching;
    private final Clock clock;

    public Recording(
            HistoryStore store,
            Recorder.DeadLetters deadLetters,
            RecordingCounts counts,
            PartitionReader.Batching batching,
            Clock clock) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.batching = batching;
        this.clock = clock;
    }

    public PartitionReader reader(Brokers brokers) {
        Topics topics = brokers.topics();
        Recorder recorder =
                new Recorder(store, topics, brokers.topicIds(), deadLetters, counts, clock);
        return new PartitionReader(
                "history",
                brokers.kafka(),
                StartPositions.of(
                        brokers,
                        List.of(
                                topics.klines(),
                                topics.prices(),
                                topics.tickers(),
                                topics.instruments(),
                                topics.gaps()),
                        store.positions(),
                        counts),
                batching,
                recorder::handle);
    }
}
