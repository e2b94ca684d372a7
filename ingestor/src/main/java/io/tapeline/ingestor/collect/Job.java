package io.tapeline.ingestor.collect;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.proto.JobFailure;
import io.tapeline.schemas.proto.JobStatus;
import io.tapeline.schemas.raw.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What of a bulk job is done, under way and left. Decides only: others fetch. It keeps what failed,
 * with the place where it stood, so that a resume goes on from there. Thread-safe.
 */
final class Job {

    private static final int FAILURES_TOLD = 100;

    /** A piece that fails for reasons that pass is tried so often in all. */
    private static final int TRIES = 5;

    /** What the job does. */
    enum State {
        RUNNING,
        PAUSED,
        DONE
    }

    private record GivenUp(Piece piece, String reason) {}

    private final String id;
    private final Order order;
    private final long weightOfDoneAtMost;
    private final Deque<Piece> left;
    private final List<GivenUp> givenUp = new ArrayList<>();
    private final long requests;
    private final Instant started;
    private State state = State.RUNNING;
    private int underWay;
    private Instant resumed;
    private Optional<Instant> ended = Optional.empty();
    private long asked;
    private long done;
    private long candles;
    private long candlesBeforeResume;
    private long weightUsed;
    private long weightBeforeResume;

    Job(String id, Order order, Instant now) {
        this.id = id;
        this.order = order;
        this.left = new ArrayDeque<>(order.pieces());
        this.requests = left.stream().mapToLong(Piece::requests).sum();
        this.weightOfDoneAtMost = left.stream().mapToLong(Piece::weight).sum();
        this.started = now;
        this.resumed = now;
    }

    String id() {
        return id;
    }

    synchronized State state() {
        return state;
    }

    /** What to fetch next; empty if nothing is left, or the job is paused. */
    synchronized Optional<Piece> next() {
        Piece piece = state == State.RUNNING ? left.poll() : null;
        if (piece == null) {
            return Optional.empty();
        }
        underWay++;
        asked++;
        return Optional.of(piece);
    }

    /** The exchange brought a page; the piece's next comes before the other pieces. */
    synchronized void brought(Piece piece, List<RawRecord> page, Instant now) {
        done++;
        candles += page.size();
        weightUsed += piece.request().weight();
        piece.after(page).ifPresent(left::addFirst);
        settled(now);
    }

    /** The exchange refuses the piece: of this pair there is nothing more to be had. */
    synchronized void refused(Piece piece, String reason, Instant now) {
        weightUsed += piece.request().weight();
        givenUp.add(new GivenUp(piece, reason));
        settled(now);
    }

    /** It did not come; it is tried again after the others, a few times. */
    synchronized void failed(Piece piece, String reason, Instant now) {
        Piece again = piece.failed();
        if (again.failures() < TRIES) {
            left.addLast(again);
        } else {
            givenUp.add(new GivenUp(piece, reason));
        }
        settled(now);
    }

    private void settled(Instant now) {
        underWay--;
        if (state == State.RUNNING && left.isEmpty() && underWay == 0) {
            state = State.DONE;
            ended = Optional.of(now);
        }
    }

    /** What is under way still comes; false if the job is over. */
    synchronized boolean pause(Instant now) {
        if (state == State.RUNNING) {
            state = State.PAUSED;
            ended = Optional.of(now);
        }
        return state == State.PAUSED;
    }

    /** Goes on where it stood, and tries again what was given up; false if nothing is left. */
    synchronized boolean resume(Instant now) {
        if (state == State.RUNNING || left.isEmpty() && givenUp.isEmpty() && underWay == 0) {
            return state == State.RUNNING;
        }
        givenUp.forEach(one -> left.addLast(one.piece.afresh()));
        givenUp.clear();
        state = State.RUNNING;
        resumed = now;
        candlesBeforeResume = candles;
        weightBeforeResume = weightUsed;
        ended = Optional.empty();
        return true;
    }

    /**
     * @param weightPerMinute what such jobs can have of the exchange's weight, for the first
     *     estimate
     */
    synchronized JobStatus status(int weightPerMinute, Instant now) {
        Instant until = ended.orElse(now);
        Duration elapsed = Duration.between(resumed, until);
        JobStatus.Builder status =
                JobStatus.newBuilder()
                        .setId(id)
                        .setState(state.name())
                        .setInterval(order.interval().id())
                        .setRequests(requests)
                        .setAsked(asked)
                        .setDone(done)
                        .setFailed(givenUp.size())
                        .setCandles(candles)
                        .setWeight(weightOfDoneAtMost)
                        .setWeightUsed(weightUsed)
                        .setCandlesPerMinute(perMinute(candles - candlesBeforeResume, elapsed))
                        .setStartedUs(EpochMicros.of(started).value())
                        .setEndedUs(ended.map(end -> EpochMicros.of(end).value()).orElse(0L));
        if (state == State.RUNNING) {
            status.setEstimatedEndUs(
                    EpochMicros.of(now.plus(estimated(weightPerMinute, elapsed))).value());
        }
        describe(status);
        givenUp.stream()
                .limit(FAILURES_TOLD)
                .forEach(one ->
                        status.addFailures(
                                JobFailure.newBuilder()
                                        .setSymbol(one.piece.pair().symbol())
                                        .setReason(one.reason)));
        return status.build();
    }

    private void describe(JobStatus.Builder status) {
        switch (order) {
            case Order.Newest newest ->
                    status.setKind("newest")
                            .setVenue(newest.pairs().iterator().next().venue().id())
                            .setLimit(newest.limit());
            case Order.Range range ->
                    status.setKind("range")
                            .setVenue(range.pair().venue().id())
                            .setSymbol(range.pair().symbol())
                            .setFromUs(range.from().value())
                            .setToUs(range.to().value());
        }
    }

    /** By the rate so far once a minute has passed; before that, as if it had all its share. */
    private Duration estimated(int weightPerMinute, Duration elapsed) {
        long weightLeft = left.stream().mapToLong(Piece::weight).sum() + underWay;
        long measured = perMinute(weightUsed - weightBeforeResume, elapsed);
        boolean told = elapsed.compareTo(Duration.ofMinutes(1)) >= 0 && measured > 0;
        long rate = Math.max(1, told ? measured : weightPerMinute);
        return Duration.ofMinutes(1).multipliedBy(weightLeft).dividedBy(rate);
    }

    private static long perMinute(long amount, Duration elapsed) {
        return amount * 60_000 / Math.max(1, elapsed.toMillis());
    }
}
