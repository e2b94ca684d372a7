package io.tapeline.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.EventFault;
import io.tapeline.exchange.fault.FaultScript;
import io.tapeline.exchange.fault.Lasting;
import io.tapeline.exchange.fault.Scope;
import io.tapeline.exchange.fault.Sockets;
import io.tapeline.exchange.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of events on their way (A.8 points 7, 8, 9, 16), over real sockets. */
class EventFaultsIT {

    private static final String DIFFS = "/ws/btcusdt@depth@100ms";
    private static final Pattern LAST_ID = Pattern.compile("\"u\":(\\d+)");

    private SimulatedExchange exchange;

    @BeforeEach
    void start() throws IOException {
        exchange =
                SimulatedExchange.start(
                        SimulatorSettings.of(
                                Source.Synthetic.demo()
                                        .withPairs(3)
                                        .withEventsPerSecond(2_000)
                                        .withBookLevels(100)
                                        .withHistory(Duration.ofHours(1))));
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    private StreamClient connect(String path) {
        StreamClient client = StreamClient.connect(exchange, path);
        Await.until("it is open", () -> newest() > 0);
        return client;
    }

    private long newest() {
        return exchange.connections().isEmpty() ? 0 : exchange.connections().getLast().id();
    }

    private void script(String text) {
        exchange.faults().run(FaultScript.parse(text));
    }

    private ActiveFault.Report report() {
        return exchange.faults().history().getLast();
    }

    private static long id(String diff) {
        Matcher matcher = LAST_ID.matcher(diff);
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static List<Long> ids(List<String> diffs) {
        return diffs.stream().map(EventFaultsIT::id).toList();
    }

    private List<String> ledger(String stream) {
        return exchange.ledger().entries(stream).stream()
                .map(Ledger.Entry::payload)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /** The ledger notes a payload when its write is done, which may be after it was read. */
    private void awaitInLedger(String stream, List<Long> ids) {
        Await.until("it is in the ledger", () -> ids(ledger(stream)).containsAll(ids));
    }

    /** What a client got by the time it got one more than it had. */
    private static List<String> until(StreamClient client, long id) throws InterruptedException {
        List<String> got = new ArrayList<>();
        do {
            got.add(client.next());
        } while (id(got.getLast()) < id);
        return got;
    }

    @Test
    void gapDropsEventsOfOneConnectionOnly() throws Exception {
        try (StreamClient one = connect(DIFFS);
                StreamClient other = connect(DIFFS)) {
            long begun = id(one.next(3, t -> true).getLast());
            until(other, begun);
            script("gap connection=newest stream=btcusdt@depth* count=3");
            List<String> whole = one.next(12, t -> true);
            List<String> holed = until(other, id(whole.getLast()));
            List<Long> missing = new ArrayList<>(ids(whole));
            missing.removeAll(ids(holed));
            assertThat(missing).hasSize(3);
            awaitInLedger("btcusdt@depth@100ms", missing);
            Await.until("the fault is over", () -> report().ended() != null);
            assertThat(report().struck().values()).containsExactly(3L);
            assertThat(exchange.ledger().written(2).get("btcusdt@depth@100ms"))
                    .isLessThan(exchange.ledger().written(1).get("btcusdt@depth@100ms"));
        }
    }

    @Test
    void whatNoSocketGotIsNotInTheLedger() throws Exception {
        try (StreamClient one = connect(DIFFS);
                StreamClient other = connect(DIFFS)) {
            one.next();
            other.next();
            script("gap connection=all stream=btcusdt@depth@100ms count=2");
            List<String> rest = one.next(8, t -> true);
            until(other, id(rest.getLast()));
            List<Ledger.Entry> entries = exchange.ledger().entries("btcusdt@depth@100ms");
            assertThat(entries.getLast().sequence() + 1 - entries.size()).isEqualTo(2);
            assertThat(report().strikes()).isEqualTo(4);
        }
    }

    @Test
    void duplicateSendsEventsTwice() throws Exception {
        try (StreamClient client = connect(DIFFS)) {
            client.next();
            script("duplicate count=2");
            List<Long> ids = ids(client.next(8, t -> true));
            assertThat(ids).hasSize(8);
            assertThat(new HashSet<>(ids)).hasSize(6);
            assertThat(ids).isSorted();
        }
    }

    @Test
    void reorderShufflesWithinAConnectionAndLosesNothing() throws Exception {
        try (StreamClient client = connect(DIFFS)) {
            client.next();
            script("reorder window=4 count=1 seed=3");
            List<String> received = client.next(10, t -> true);
            List<Long> ids = ids(received);
            assertThat(ids).isNotEqualTo(ids.stream().sorted().toList());
            awaitInLedger("btcusdt@depth@100ms", ids);
            assertThat(ids.stream().sorted().toList())
                    .isEqualTo(
                            ids(ledger("btcusdt@depth@100ms")).stream()
                                    .filter(ids::contains)
                                    .toList());
        }
    }

    @Test
    void delayBringsTheEventsOfOneConnectionLaterAndInOrder() throws Exception {
        try (StreamClient prompt = connect(DIFFS);
                StreamClient late = connect(DIFFS)) {
            prompt.next();
            late.next();
            ActiveFault delay =
                    exchange.faults()
                            .inject(
                                    new EventFault.Delay(
                                            Scope.on(Sockets.newest()),
                                            Duration.ofMillis(700),
                                            Lasting.ever()));
            List<String> first = prompt.next(4, t -> true);
            assertThat(late.within(Duration.ofMillis(50)).stream().map(EventFaultsIT::id))
                    .doesNotContain(id(first.getLast()));
            List<String> delayed = until(late, id(first.getLast()));
            assertThat(ids(delayed)).isSorted();
            exchange.faults().clear();
            long now = id(prompt.next(3, t -> true).getLast());
            List<Long> after = ids(until(late, now));
            assertThat(after).isSorted().doesNotHaveDuplicates();
            assertThat(delay.over()).isTrue();
        }
    }

    @Test
    void stallStopsOneStreamAndTheOthersGoOn() throws Exception {
        try (StreamClient client = connect("/stream?streams=btcusdt@depth@100ms/btcusdt@trade")) {
            client.next(t -> t.contains("@depth@100ms"));
            script("stall connection=newest stream=btcusdt@depth@100ms for=1s");
            client.within(Duration.ofMillis(200));
            List<String> meanwhile = client.within(Duration.ofMillis(500));
            assertThat(meanwhile).isNotEmpty().noneMatch(t -> t.contains("@depth@100ms"));
            client.next(t -> t.contains("@depth@100ms"));
            assertThat(exchange.connections()).hasSize(1);
        }
    }

    @Test
    void missingCloseKeepsTheLastEventOfACandleBack() throws Exception {
        try (StreamClient client = connect("/ws/btcusdt@kline_1s")) {
            client.next(t -> t.contains("\"x\":true"));
            script("missing-close stream=*@kline_1s count=2");
            List<String> closed = client.next(2, t -> t.contains("\"x\":true"));
            assertThat(report().strikes()).isEqualTo(2);
            Await.until(
                    "they are in the ledger", () -> ledger("btcusdt@kline_1s").containsAll(closed));
            List<Long> opens = closed.stream().map(EventFaultsIT::openTime).toList();
            assertThat(opens.get(1) - opens.get(0)).isEqualTo(1_000);
        }
    }

    private static long openTime(String kline) {
        Matcher matcher = Pattern.compile("\"k\":\\{\"t\":(\\d+)").matcher(kline);
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void snapshotAheadMakesTheBooksEventsLate() throws Exception {
        try (StreamClient client = connect(DIFFS)) {
            client.next();
            script("snapshot-ahead symbol=BTCUSDT by=2s for=6s");
            Await.until("events are held back", () -> report().strikes() >= 3);
            client.within(Duration.ofMillis(50));
            Matcher matcher = Pattern.compile("(\\d+)").matcher(exchange.book("BTCUSDT"));
            assertThat(matcher.find()).isTrue();
            long snapshot = Long.parseLong(matcher.group(1));
            List<Long> ids = ids(client.next(4, t -> true));
            assertThat(ids.get(2)).isLessThan(snapshot);
        }
    }
}
