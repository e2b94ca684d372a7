package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.binance.ControlRequest.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The control messages of one connection: brings the streams it has to those that are wanted, in
 * batches, one unanswered message at a time, at a pace that leaves room for pongs within the
 * exchange's five messages a second (EXCHANGES.md A.2). As one message is under way at a time, an
 * error without an id is its answer (A.3). A refused batch is split in two until the streams that
 * the exchange does not like stand alone; those are asked for again later and later. What is
 * accepted counts once the exchange lists it: it may have subscribed a part only.
 *
 * <p>Not thread-safe. Times are of {@link System#nanoTime}.
 */
final class Subscriptions {

    /** What to do now. */
    sealed interface Step {

        /** Send this text. */
        record Send(String message) implements Step {}

        /** Nothing before this time, unless an answer or another wish comes first. */
        record WaitUntil(long nanos) implements Step {}

        /** All that is wanted is there, and nothing is to be asked for again. */
        record Settled() implements Step {}

        /** The exchange has not answered in time: the connection is of no use. */
        record Unanswered(long id) implements Step {}
    }

    private record Part(Method method, List<String> streams) {}

    private final int batch;
    private final long spacingNanos;
    private final long answerNanos;
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> subscribed = new LinkedHashSet<>();
    private final RefusedStreams refused = new RefusedStreams();
    private final Set<String> arrived = new LinkedHashSet<>();
    private final Set<String> renewed = new LinkedHashSet<>();
    private final Confirmations confirmations = new Confirmations();
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable ControlRequest underWay;
    private OptionalLong lastSentNanos = OptionalLong.empty();
    private long lastId;
    private final Fence fence = new Fence();

    /**
     * @param batch most streams in a message
     * @param spacing shortest time between two messages
     * @param answerWithin longest time to wait for an answer
     */
    Subscriptions(int batch, Duration spacing, Duration answerWithin) {
        this.batch = batch;
        this.spacingNanos = spacing.toNanos();
        this.answerNanos = answerWithin.toNanos();
    }

    /** From now on these streams, and no others. */
    void want(Collection<String> streams) {
        wanted.clear();
        wanted.addAll(streams);
        refused.retain(wanted);
        renewed.retainAll(wanted);
    }

    /** These are left and subscribed again; nothing happens to those that are not subscribed. */
    void renew(Collection<String> streams) {
        streams.stream().filter(subscribed::contains).forEach(renewed::add);
    }

    /** Asked for after whatever else is to be said. */
    Fence fence() {
        return fence;
    }

    Step next(long nowNanos) {
        if (underWay != null) {
            long deadline = underWay.sentNanos() + answerNanos;
            return nowNanos - deadline >= 0
                    ? new Step.Unanswered(underWay.id())
                    : new Step.WaitUntil(deadline);
        }
        Part part = nextPart(nowNanos);
        if (part == null) {
            OptionalLong again = refused.earliestNanos();
            return again.isPresent() ? new Step.WaitUntil(again.getAsLong()) : new Step.Settled();
        }
        if (lastSentNanos.isPresent()
                && nowNanos - (lastSentNanos.getAsLong() + spacingNanos) < 0) {
            parts.addFirst(part);
            return new Step.WaitUntil(lastSentNanos.getAsLong() + spacingNanos);
        }
        underWay = new ControlRequest(++lastId, part.method, part.streams, nowNanos);
        lastSentNanos = OptionalLong.of(nowNanos);
        return new Step.Send(underWay.text());
    }

    /** Leaving streams first: they make room for those that come. */
    private @Nullable Part nextPart(long now) {
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            Method method = part.method;
            List<String> left = part.streams.stream().filter(s -> isDue(method, s, now)).toList();
            if (!left.isEmpty()) {
                return new Part(method, left);
            }
        }
        for (Method method : List.of(Method.UNSUBSCRIBE, Method.SUBSCRIBE)) {
            Set<String> candidates = method == Method.SUBSCRIBE ? wanted : subscribed;
            List<String> due =
                    candidates.stream().filter(s -> isDue(method, s, now)).limit(batch).toList();
            if (!due.isEmpty()) {
                return new Part(method, due);
            }
        }
        if (confirmations.isDue()) {
            return new Part(Method.LIST_SUBSCRIPTIONS, List.of());
        }
        return fence.isWanted()
                ? new Part(Method.GET_PROPERTY, List.of("combined")) // EXCHANGES.md A.3
                : null;
    }

    private boolean isDue(Method method, String stream, long now) {
        return switch (method) {
            case SUBSCRIBE ->
                    wanted.contains(stream)
                            && !subscribed.contains(stream)
                            && !refused.waits(stream, now);
            case UNSUBSCRIBE ->
                    subscribed.contains(stream)
                            && (!wanted.contains(stream) || renewed.contains(stream));
            case LIST_SUBSCRIPTIONS -> confirmations.isDue();
            case GET_PROPERTY -> fence.isWanted();
        };
    }

    /**
     * @return the streams that are hereby refused, empty in the ordinary case
     */
    List<String> answered(ControlAnswer answer) {
        ControlRequest request = underWay;
        if (request == null) {
            return List.of();
        }
        return switch (answer) {
            case ControlAnswer.Accepted(long id) -> {
                if (id == request.id()) {
                    accept(request);
                }
                yield List.of();
            }
            case ControlAnswer.Listed(long id, Set<String> streams) -> {
                if (id == request.id()) {
                    if (request.method() == Method.LIST_SUBSCRIPTIONS) {
                        drop(confirmations.missing(streams));
                    }
                    accept(request);
                }
                yield List.of();
            }
            case ControlAnswer.Refused(OptionalLong id, _, _) -> {
                if (id.isPresent() && id.getAsLong() != request.id()) {
                    yield List.of();
                }
                yield refuse(request);
            }
        };
    }

    private void accept(ControlRequest request) {
        underWay = null;
        switch (request.method()) {
            case SUBSCRIBE -> {
                subscribed.addAll(request.streams());
                confirmations.accepted(request.streams());
                refused.accepted(request.streams());
            }
            case UNSUBSCRIBE -> left(request.streams());
            case LIST_SUBSCRIPTIONS -> arrived.addAll(confirmations.take());
            case GET_PROPERTY -> fence.pass();
        }
    }

    private void left(List<String> streams) {
        confirmations.left(streams);
        drop(streams);
    }

    private void drop(List<String> streams) {
        streams.forEach(subscribed::remove);
        streams.forEach(renewed::remove);
    }

    private List<String> refuse(ControlRequest request) {
        underWay = null;
        int size = request.streams().size();
        if (size > 1) {
            parts.addFirst(new Part(request.method(), request.streams().subList(size / 2, size)));
            parts.addFirst(new Part(request.method(), request.streams().subList(0, size / 2)));
            return List.of();
        }
        return switch (request.method()) {
            case SUBSCRIBE -> {
                request.streams().stream()
                        .filter(wanted::contains)
                        .forEach(stream -> refused.refused(stream, request.sentNanos()));
                yield request.streams();
            }
            // What it does not tell is believed, and a refusal comes in the order of things too.
            case UNSUBSCRIBE, LIST_SUBSCRIPTIONS, GET_PROPERTY -> {
                accept(request);
                yield List.of();
            }
        };
    }

    /** A new connection has nothing: all is asked for again, also what was refused before. */
    void reset() {
        subscribed.clear();
        arrived.clear();
        refused.reset();
        renewed.clear();
        confirmations.reset();
        parts.clear();
        fence.withdraw();
        underWay = null;
        lastSentNanos = OptionalLong.empty();
    }

    /**
     * The streams that the exchange has confirmed, and named among what it carries, since the last
     * call.
     */
    List<String> takeArrived() {
        List<String> taken = List.copyOf(arrived);
        arrived.clear();
        return taken;
    }

    /**
     * The streams that the exchange accepted and then did not list, since the last call: they are
     * asked for again.
     */
    List<String> takeLeftOut() {
        return confirmations.takeLeftOut().stream().filter(wanted::contains).toList();
    }

    /** The streams that the connection carried; it has ended and carries none any more. */
    List<String> takeSubscribed() {
        List<String> taken = List.copyOf(subscribed);
        subscribed.clear();
        confirmations.reset();
        return taken;
    }

    /** Whether it is subscribed and confirmed. */
    boolean has(String stream) {
        return subscribed.contains(stream) && !confirmations.awaits(stream);
    }

    /** Confirmed, and nothing has been said to the contrary. */
    boolean holds(String stream) {
        return has(stream)
                && !(underWay != null
                        && underWay.method() == Method.UNSUBSCRIBE
                        && underWay.streams().contains(stream));
    }

    /** Whether all that is wanted is there, but for what the exchange refused. */
    boolean isComplete() {
        return renewed.isEmpty() && wanted.stream().allMatch(s -> holds(s) || refused.contains(s));
    }

    boolean refuses(String stream) {
        return refused.contains(stream);
    }

    boolean wantsNothing() {
        return wanted.isEmpty();
    }

    /** The streams that the exchange has confirmed. */
    int subscribedCount() {
        return (int) subscribed.stream().filter(this::has).count();
    }
}
