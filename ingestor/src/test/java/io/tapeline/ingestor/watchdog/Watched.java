package io.tapeline.ingestor.watchdog;

import io.tapeline.schemas.market.Instrument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Streams for a watchdog to look at, second by second. */
final class Watched {

    static final long SECOND = 1_000_000_000L;

    /** One stream on one line. */
    static final class Stream {

        private final String line;
        private final String connection;
        private final String name;
        private final Question question;
        private final String subject;
        private long confirmedNanos;
        private long count;
        private OptionalLong newest = OptionalLong.empty();

        private Stream(
                String line, String connection, String name, String subject, Question question) {
            this.line = line;
            this.connection = connection;
            this.name = name;
            this.subject = subject;
            this.question = question;
        }

        void event(long id) {
            count++;
            newest = OptionalLong.of(id);
        }

        long newestId() {
            return newest.orElse(0);
        }

        private Sight sight() {
            return new Sight(
                    line, connection, name, subject, question, confirmedNanos, count, () -> newest);
        }
    }

    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final Watchdog watchdog;
    final List<Finding> findings = new ArrayList<>();

    /** Any time will do: only differences count. */
    private long now = Long.MAX_VALUE - 100 * SECOND;

    Watched(WatchdogSettings settings) {
        this.watchdog = new Watchdog(settings);
    }

    Stream book(String line, String symbol) {
        return add(line, symbol + "@depth", symbol, new Question.Book(Instrument.binance(symbol)));
    }

    Stream trades(String line, String symbol) {
        return add(
                line,
                symbol + "@kline_1m",
                symbol,
                new Question.Trades(Set.of(Instrument.binance(symbol))));
    }

    private Stream add(String line, String name, String symbol, Question question) {
        Stream stream = new Stream(line, line + "/0", name, symbol, question);
        stream.confirmedNanos = now;
        streams.put(line + name, stream);
        return stream;
    }

    /** Left and subscribed again, or on another connection: its count begins anew. */
    void subscribedAgain(Stream stream) {
        stream.confirmedNanos = now;
        stream.count = 0;
        stream.newest = OptionalLong.empty();
    }

    void subscribedAgain() {
        streams.values().forEach(this::subscribedAgain);
    }

    /** A second goes by; what is found then, without the questions that are asked. */
    List<Finding> second() {
        now += SECOND;
        List<Finding> found =
                watchdog.look(streams.values().stream().map(Stream::sight).toList(), now);
        findings.addAll(found);
        return found;
    }

    /** So many seconds in which nothing comes. */
    List<Finding> silence(int seconds) {
        List<Finding> found = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            found.addAll(second());
        }
        return found;
    }

    /** So many seconds in which one event of each comes every second. */
    List<Finding> flow(int seconds, Stream... flowing) {
        List<Finding> found = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            for (Stream stream : flowing) {
                stream.event(stream.newest.orElse(0) + 1);
            }
            found.addAll(second());
        }
        return found;
    }

    void answer(Question question, Answer answer) {
        watchdog.answered(question, answer, now);
    }

    Watchdog.Tally tally() {
        return watchdog.tally();
    }

    long now() {
        return now;
    }
}
