package io.tapeline.ingestor.poll;

import io.tapeline.ingestor.connection.DecisionThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Keeps a venue's polls going: one request at a time, for ever. */
public final class Poller implements AutoCloseable {

    /** What is decided depends on more than time: on what this instance holds, on its clock. */
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final Polls polls;
    private final HttpAsker http;
    private final DecisionThread decisions;
    private final Clock clock;
    private boolean closed;

    private Poller(Polls polls, HttpAsker http, DecisionThread decisions, Clock clock) {
        this.polls = polls;
        this.http = http;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * @param scheduler of one thread, on which the polls are asked and told; stays the caller's
     * @param http stays the caller's
     */
    public static Poller start(
            String name,
            Polls polls,
            HttpAsker http,
            ScheduledExecutorService scheduler,
            Clock clock) {
        Poller poller = new Poller(polls, http, new DecisionThread(name, scheduler), clock);
        poller.decisions.post(poller::advance);
        return poller;
    }

    private void advance() {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        Duration nap = LONGEST_NAP;
        boolean asking = false;
        try {
            switch (polls.next(now)) {
                case PollStep.Ask(PollRequest request) -> {
                    ask(request);
                    asking = true;
                }
                case PollStep.WaitUntil(Instant time) -> nap = nap(Duration.between(now, time));
            }
        } finally {
            if (!asking) { // a decision that failed does not end the polls
                var _ = decisions.after(nap, this::advance);
            }
        }
    }

    private static Duration nap(Duration wait) {
        if (wait.compareTo(LONGEST_NAP) > 0) {
            return LONGEST_NAP;
        }
        return wait.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : wait;
    }

    private void ask(PollRequest request) {
        var _ =
                http.ask(request)
                        .whenComplete((answer, failure) ->
                                decisions.post(() -> take(request, answer, failure)));
    }

    private void take(
            PollRequest request, @Nullable PollAnswer answer, @Nullable Throwable failure) {
        try {
            if (closed) {
                return;
            }
            if (answer != null) {
                polls.answered(request, answer, clock.instant());
            } else {
                polls.failed(request, reason(failure), clock.instant());
            }
        } finally {
            advance();
        }
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return String.valueOf(cause);
    }

    @Override
    public void close() {
        decisions.post(() -> closed = true);
    }
}
