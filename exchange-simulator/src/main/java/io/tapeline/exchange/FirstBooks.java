package io.tapeline.exchange;

import io.tapeline.exchange.replay.ReplayFlow.BookChange;
import io.tapeline.exchange.rest.RequestLog;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a recording stand still after the first diff of each followed book until its follower has
 * asked for the book (A.5 steps 1 and 2). At many times the recorded speed the answer would
 * otherwise come so late that the diffs of many seconds could not be compared with anything.
 */
final class FirstBooks {

    private static final Logger LOG = LoggerFactory.getLogger(FirstBooks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int OK = 200;

    private final Predicate<String> subscribed;
    private final Runnable flush;
    private final Awaiting requests;
    private final Set<String> seen = new HashSet<>();

    /** Whether a follower was found that asks for no book: then no other is waited for. */
    private boolean gaveUp;

    /** Waits until there was a request as wanted; says false if there was none in time. */
    interface Awaiting {
        boolean await(Predicate<RequestLog.Entry> wanted, Duration patience)
                throws InterruptedException;
    }

    /**
     * @param subscribed whether somebody follows a stream
     * @param flush lets what was published go out
     */
    FirstBooks(Predicate<String> subscribed, Runnable flush, Awaiting requests) {
        this.subscribed = subscribed;
        this.flush = flush;
        this.requests = requests;
    }

    /**
     * To be called after each diff, by one thread.
     *
     * @return how long it waited, in nanoseconds
     */
    long await(BookChange change) throws InterruptedException {
        if (gaveUp || seen.contains(change.symbol()) || !subscribed.test(change.stream())) {
            return 0;
        }
        seen.add(change.symbol());
        flush.run();
        long begun = System.nanoTime();
        if (!requests.await(entry -> isAnswerFor(change.symbol(), entry), PATIENCE)) {
            gaveUp = true;
            LOG.atWarn()
                    .addKeyValue("symbol", change.symbol())
                    .addKeyValue("waited", PATIENCE)
                    .log(
                            "Nobody asked for the book that is followed; the replay goes on and"
                                    + " waits for no other");
        }
        return System.nanoTime() - begun;
    }

    private static boolean isAnswerFor(String symbol, RequestLog.Entry entry) {
        int query = entry.target().indexOf('?');
        return entry.status() == OK
                && query >= 0
                && entry.target().substring(0, query).equals("/api/v3/depth")
                && Arrays.stream(entry.target().substring(query + 1).split("&"))
                        .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8))
                        .anyMatch(parameter -> parameter.equals("symbol=" + symbol));
    }
}
