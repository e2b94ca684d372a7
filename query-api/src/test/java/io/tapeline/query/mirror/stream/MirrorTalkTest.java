package io.tapeline.query.mirror.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Await;
import io.tapeline.query.mirror.TimeUnitAsked;
import io.tapeline.query.socket.CloseCode;
import io.tapeline.query.socket.Peer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a client is sent, and what becomes of one that does not keep up. */
final class MirrorTalkTest {

    private static final String END_OF_SERVICE = "close 1001 The server is shutting down.";

    /** Remembers what it is told. */
    private static final class RecordingPeer implements Peer {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void ready() {
            told.add("ready");
        }

        @Override
        public void close(CloseCode code, String reason) {
            told.add("close " + code.code() + " " + reason);
        }
    }

    private static final EarlierMinutes NO_MINUTES =
            (_, _, _, _, _) -> {
                throw new AssertionError("nobody here asks for minutes");
            };

    private final FakeMarket market = new FakeMarket();
    private final StreamHub hub = new StreamHub(market, _ -> true, NO_MINUTES);
    private final StreamCounts counts = new StreamCounts();
    private final Talks talks =
            new Talks(
                    hub, new StreamSettings(10, Duration.ofMillis(50)), counts, Clock.systemUTC());
    private final RecordingPeer peer = new RecordingPeer();

    private MirrorTalk talk(String... streams) {
        MirrorTalk talk =
                talks.talk(
                        new StreamAddress.Wanted(
                                List.of(streams).stream()
                                        .map(name -> StreamName.parse(name).orElseThrow())
                                        .toList(),
                                false,
                                TimeUnitAsked.MILLISECOND));
        talk.opened(peer);
        return talk;
    }

    private static StreamEvent event(int number) {
        return new StreamEvent("s", out -> out.number(number));
    }

    private static List<String> sent(MirrorTalk talk) {
        List<String> sent = new ArrayList<>();
        for (byte[] next = talk.next(); next != null; next = talk.next()) {
            sent.add(new String(next, StandardCharsets.UTF_8));
        }
        return sent;
    }

    @Test
    void whatWaitsIsSentInOrder() {
        MirrorTalk talk = talk();
        talk.offer(event(1));
        talk.heard("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":4}");
        talk.offer(event(2));
        assertThat(peer.told).containsExactly("ready", "ready", "ready");
        assertThat(sent(talk)).containsExactly("1", "{\"result\":[],\"id\":4}", "2");
        assertThat(counts.sentEvents()).isEqualTo(2);
    }

    @Test
    void aSlowReaderIsLetGoWithAReasonAndListensToNothingAnyMore() {
        MirrorTalk talk = talk("btcusdt@depth", "btcusdt@ticker");
        assertThat(market.watches()).isEqualTo(2);
        for (int i = 0; i < 12; i++) {
            talk.offer(event(i));
        }
        assertThat(peer.told)
                .filteredOn(each -> !each.equals("ready"))
                .containsExactly("close 1008 Too slow: more waits to be read than is allowed.");
        Await.until("nothing is listened to", () -> market.watches() == 0);
        assertThat(counts.slowClients()).isEqualTo(1);
        assertThat(hub.streams()).isZero();
        talk.ended();
        assertThat(talks.size()).isZero();
    }

    @Test
    void streamsAreSharedAndEndWithTheirLastListener() {
        MirrorTalk one = talk("btcusdt@depth", "btcusdt@depth@100ms");
        MirrorTalk other = talk("btcusdt@depth");
        assertThat(market.watches()).as("one book").isEqualTo(1);
        assertThat(hub.streams()).isEqualTo(2);
        one.ended();
        Await.until("one stream is left", () -> hub.streams() == 1);
        assertThat(market.watches()).isEqualTo(1);
        other.unsubscribe(List.of("btcusdt@depth", "btcusdt@ticker"));
        assertThat(hub.streams()).isZero();
        assertThat(market.watches()).isZero();
    }

    @Test
    void aRequestIsDoneWholeOrNotAtAll() {
        market.allow(1);
        MirrorTalk talk = talk();
        assertThat(
                        talk.subscribe(
                                List.of(
                                        StreamName.parse("btcusdt@depth").orElseThrow(),
                                        StreamName.parse("btcusdt@ticker").orElseThrow())))
                .isFalse();
        assertThat(talk.streams()).isEmpty();
        assertThat(market.watches()).isZero();
        assertThat(peer.told).isEmpty();
    }

    @Test
    void whoDoesNotReadIsEndedAfterTheDrainAllTheSame() {
        MirrorTalk reading = talk();
        MirrorTalk silent = talk();
        silent.offer(event(1));
        talks.close();
        assertThat(sent(reading))
                .singleElement()
                .asString()
                .matches("\\{\"e\":\"serverShutdown\",\"E\":[0-9]{13}}");
        assertThat(peer.told)
                .filteredOn(each -> !each.equals("ready"))
                .containsExactly(END_OF_SERVICE, END_OF_SERVICE);
        var _ = talk();
        assertThat(peer.told)
                .filteredOn(each -> !each.equals("ready"))
                .containsExactly(END_OF_SERVICE, END_OF_SERVICE, END_OF_SERVICE);
    }
}
