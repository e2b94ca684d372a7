package io.tapeline.query.collect;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.CollectionRecord;
import io.tapeline.schemas.proto.JobFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * How far a collection is. Decides only: others fetch. Pairs are taken in order and end in any;
 * what is written down is how many of the first ones have ended, so that whoever goes on looks at a
 * few again. Thread-safe.
 */
final class Progress {

    static final String RUNNING = "RUNNING";
    static final String DONE = "DONE";
    static final String CANCELLED = "CANCELLED";

    private static final int FAILURES_TOLD = 100;

    private final CollectionRecord order;
    private final int pairs;
    private final BitSet ended = new BitSet();
    private final List<JobFailure> failures = new ArrayList<>();
    private int next;
    private int failed;
    private long requests;
    private long candles;
    private boolean cancelled;
    private long endedUs;
    private String waitsFor = "";

    static boolean isOpen(CollectionRecord record) {
        return record.getState().equals(RUNNING);
    }

    Progress(CollectionRecord from) {
        this.order = from;
        this.pairs = from.getSymbolsCount();
        this.next = from.getSettled();
        this.failed = from.getFailed();
        this.failures.addAll(from.getFailuresList());
        this.requests = from.getRequests();
        this.candles = from.getCandles();
        this.ended.set(0, from.getSettled());
    }

    /** The pair to fetch next, by its place; empty where none is left. */
    synchronized OptionalInt next() {
        return cancelled || next >= pairs ? OptionalInt.empty() : OptionalInt.of(next++);
    }

    synchronized void spent(long moreRequests, long moreCandles) {
        requests += moreRequests;
        candles += moreCandles;
    }

    synchronized void waits(String why) {
        waitsFor = why;
    }

    synchronized void ended(int pair) {
        ended.set(pair);
        waitsFor = "";
    }

    synchronized void failed(int pair, String reason) {
        ended(pair);
        failed++;
        if (failures.size() < FAILURES_TOLD) {
            failures.add(
                    JobFailure.newBuilder()
                            .setSymbol(order.getSymbols(pair))
                            .setReason(reason)
                            .build());
        }
    }

    synchronized void cancel() {
        cancelled = true;
    }

    synchronized boolean isOver() {
        return cancelled || ended.cardinality() == pairs;
    }

    /** To be written down. */
    synchronized CollectionRecord record(String runner, Instant now) {
        boolean done = ended.cardinality() == pairs;
        CollectionRecord.Builder record =
                order.toBuilder()
                        .setState(done ? DONE : cancelled ? CANCELLED : RUNNING)
                        .setSettled(ended.nextClearBit(0))
                        .setFailed(failed)
                        .clearFailures()
                        .addAllFailures(failures)
                        .setRequests(requests)
                        .setCandles(candles)
                        .setRunner(runner)
                        .setBeatUs(EpochMicros.of(now).value())
                        .setWaitsFor(done || cancelled ? "" : waitsFor);
        if (done || cancelled) {
            endedUs = endedUs == 0 ? EpochMicros.of(now).value() : endedUs;
            record.setEndedUs(endedUs);
        }
        return record.build();
    }
}
