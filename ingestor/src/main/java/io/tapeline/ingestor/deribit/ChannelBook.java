package io.tapeline.ingestor.deribit;

import io.tapeline.ingestor.deribit.ChannelState.Asked;
import io.tapeline.ingestor.deribit.ChannelState.Missing;
import io.tapeline.ingestor.deribit.ChannelState.Silent;
import io.tapeline.ingestor.deribit.ChannelState.Subscribed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The channels of one connection: which are to be asked for, which live, which stand still. Pure;
 * times are of {@link System#nanoTime}. Not thread-safe.
 */
final class ChannelBook {

    private final long stalledAfterNanos;
    private final long askAgainNanos;
    private final Map<String, ChannelState> channels = new LinkedHashMap<>();
    private final Set<String> leaving = new LinkedHashSet<>();
    private final Set<String> brought = new HashSet<>();

    ChannelBook(Duration stalledAfter, Duration askAgainEvery) {
        this.stalledAfterNanos = stalledAfter.toNanos();
        this.askAgainNanos = askAgainEvery.toNanos();
    }

    /** From now on these, and no others. */
    void want(Collection<String> wanted, long nowNanos) {
        channels.entrySet()
                .removeIf(channel -> {
                    boolean goes = !wanted.contains(channel.getKey());
                    if (goes && !(channel.getValue() instanceof Missing)) {
                        leaving.add(channel.getKey());
                    }
                    return goes;
                });
        wanted.forEach(channel -> channels.putIfAbsent(channel, new Missing(nowNanos, 0, false)));
    }

    /** The channel brought something at that time; an earlier connection's does not count. */
    void heard(String channel, long nanos) {
        channels.computeIfPresent(
                channel,
                (_, state) -> {
                    if (state instanceof Subscribed subscribed) {
                        Subscribed next = subscribed.heard(nanos);
                        if (next != subscribed) {
                            brought.add(channel);
                        }
                        return next;
                    }
                    return state;
                });
    }

    /**
     * Marks what stands still by now, to be subscribed anew.
     *
     * @return those that stood still even after that, and condemn the connection. One that never
     *     brought anything does not as long as others do: then it is the index that is quiet, and
     *     it is subscribed anew from time to time
     */
    Stall stall(long nowNanos) {
        List<String> silent = new ArrayList<>();
        List<String> condemning = new ArrayList<>();
        channels.replaceAll((channel, state) -> {
            if (!(state instanceof Subscribed subscribed) || nowNanos - patience(subscribed) < 0) {
                return state;
            }
            silent.add(channel);
            if (subscribed.renewals() > 0 && (brought.contains(channel) || brought.isEmpty())) {
                condemning.add(channel);
            }
            return subscribed.silent();
        });
        return new Stall(silent, condemning);
    }

    /**
     * @param silent all that stand still, newly found
     * @param condemning those of them for which the connection is to be given up
     */
    record Stall(List<String> silent, List<String> condemning) {}

    private long patience(Subscribed channel) {
        return channel.sinceNanos() + (channel.renewals() > 1 ? askAgainNanos : stalledAfterNanos);
    }

    /** To be unsubscribed before anything is asked for. */
    List<String> going() {
        Set<String> going = new LinkedHashSet<>(leaving);
        channels.forEach((channel, state) -> {
            if (state instanceof Silent) {
                going.add(channel);
            }
        });
        return List.copyOf(going);
    }

    void gone(Collection<String> unsubscribed, long nowNanos) {
        leaving.removeAll(unsubscribed);
        for (String channel : unsubscribed) {
            channels.computeIfPresent(
                    channel,
                    (_, state) ->
                            state instanceof Silent silent ? silent.unsubscribed(nowNanos) : state);
        }
    }

    /** Takes at most so many of those that are due; they are now asked for. */
    List<String> ask(int most, long nowNanos) {
        List<String> asked = new ArrayList<>();
        channels.replaceAll((channel, state) -> {
            if (asked.size() < most
                    && state instanceof Missing missing
                    && nowNanos - missing.dueNanos() >= 0) {
                asked.add(channel);
                return missing.asked();
            }
            return state;
        });
        return asked;
    }

    /**
     * Of those asked for, the ones that the venue confirms live; the others are to be asked again.
     */
    void confirmed(Collection<String> accepted, long nowNanos) {
        channels.replaceAll((channel, state) ->
                state instanceof Asked asked && accepted.contains(channel)
                        ? asked.subscribed(nowNanos)
                        : state);
        askAgain(nowNanos + askAgainNanos, true);
    }

    /**
     * None of those asked for is confirmed: they are due again then.
     *
     * @param refused whether the venue does not want to bring them
     */
    void askAgain(long dueNanos, boolean refused) {
        channels.replaceAll((_, state) ->
                state instanceof Asked asked ? asked.again(dueNanos, refused) : state);
    }

    /** The earliest time at which something is due or stands still; none if nothing is wanted. */
    long nextDue(long nowNanos) {
        long earliest = nowNanos + askAgainNanos;
        for (ChannelState state : channels.values()) {
            long due =
                    switch (state) {
                        case Missing missing -> missing.dueNanos();
                        case Subscribed subscribed -> patience(subscribed);
                        case Silent _, Asked _ -> earliest;
                    };
            if (due - earliest < 0) {
                earliest = due;
            }
        }
        return earliest;
    }

    /** How many the venue has left out, or refused, when they were asked for last. */
    int refused() {
        return (int)
                channels.values().stream()
                        .filter(state -> state instanceof Missing missing && missing.refused())
                        .count();
    }

    List<String> subscribed() {
        return channels.entrySet().stream()
                .filter(channel -> channel.getValue() instanceof Subscribed)
                .map(Map.Entry::getKey)
                .toList();
    }
}
