package io.tapeline.ingestor.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.connection.Backoff;
import io.tapeline.ingestor.deribit.Dialogue.Step;
import io.tapeline.ingestor.deribit.Dialogue.Told;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DialogueTest {

    private static final long SECOND = 1_000_000_000L;
    private static final DeribitSettings SETTINGS =
            DeribitSettings.ofDefaults(
                    URI.create("ws://localhost/ws/api/v2"),
                    Optional.empty(),
                    List.of("btc_usd"),
                    List.of("a"));
    private static final DeribitError TOO_MANY = new DeribitError(10028, "too_many_requests");
    private static final DeribitError UNAVAILABLE =
            new DeribitError(13028, "temporarily_unavailable");
    private static final DeribitError MAINTENANCE = new DeribitError(11051, "system_maintenance");
    private static final DeribitError INVALID = new DeribitError(11029, "invalid_arguments");

    private final Dialogue dialogue =
            new Dialogue(
                    SETTINGS,
                    new Backoff(
                            Duration.ofSeconds(1), Duration.ofSeconds(30), new SplittableRandom(1)),
                    new Backoff(
                            Duration.ofMinutes(1), Duration.ofMinutes(10), new SplittableRandom(1)),
                    0);

    @Test
    void heartbeatsAreAskedForFirstAndThenAllChannelsInOneRequest() {
        dialogue.want(List.of("x", "y"), 0);
        assertThat(dialogue.next(0))
                .isEqualTo(
                        send(
                                "{'jsonrpc':'2.0','id':1,'method':'public/set_heartbeat',"
                                        + "'params':{'interval':10}}"));
        assertThat(dialogue.next(0)).isEqualTo(new Step.WaitUntil(10 * SECOND));
        assertThat(dialogue.accepted(1, List.of(), 0)).isEqualTo(new Told.Nothing());
        assertThat(dialogue.next(0))
                .isEqualTo(
                        send(
                                "{'jsonrpc':'2.0','id':2,'method':'public/subscribe',"
                                        + "'params':{'channels':['x','y']}}"));
        assertThat(dialogue.accepted(2, List.of("x", "y"), 0))
                .isEqualTo(new Told.Subscribed(List.of("x", "y"), List.of()));
        assertThat(dialogue.subscribed()).containsExactly("x", "y");
    }

    @Test
    void everyRequestForATestIsAnsweredEvenWhileAnAnswerIsAwaited() {
        dialogue.want(List.of("x"), 0);
        dialogue.next(0);
        dialogue.testRequested(1);
        assertThat(dialogue.next(1))
                .isEqualTo(send("{'jsonrpc':'2.0','id':2,'method':'public/test','params':{}}"));
        assertThat(dialogue.accepted(2, List.of(), 2)).isEqualTo(new Told.Nothing());
        assertThat(dialogue.next(2)).isEqualTo(new Step.WaitUntil(10 * SECOND));
    }

    @Test
    void threeHeartbeatsThatStayAwayEndTheConnection() {
        settled("x");
        dialogue.heartbeat(12 * SECOND);
        dialogue.heard("x", 41 * SECOND);
        assertThat(dialogue.next(41 * SECOND)).isEqualTo(new Step.WaitUntil(42 * SECOND));
        assertThat(dialogue.next(42 * SECOND))
                .isEqualTo(new Step.GiveUp("no heartbeat within PT30S"));
    }

    @Test
    void aRequestThatIsNotAnsweredEndsTheConnection() {
        dialogue.want(List.of("x"), 0);
        dialogue.next(0);
        assertThat(dialogue.next(10 * SECOND))
                .isEqualTo(new Step.GiveUp("a request was not answered: HEARTBEAT"));
    }

    @Test
    void channelsLeftOutWithoutAWordAreToldAndAskedForAgainSlowly() {
        dialogue.want(List.of("x", "nosuch"), 0);
        heartbeatConfirmed();
        dialogue.next(0);
        assertThat(dialogue.accepted(2, List.of("x"), SECOND))
                .isEqualTo(new Told.Subscribed(List.of("x"), List.of("nosuch")));
        assertThat(dialogue.subscribed()).containsExactly("x");
        assertThat(dialogue.refusedChannels()).isEqualTo(1);
        long again = SECOND + SETTINGS.askAgainEvery().toNanos();
        live("x", SECOND, again - 1);
        assertThat(dialogue.next(again - 1)).isEqualTo(new Step.WaitUntil(again));
        assertThat(dialogue.next(again))
                .isEqualTo(
                        send(
                                "{'jsonrpc':'2.0','id':3,'method':'public/subscribe',"
                                        + "'params':{'channels':['nosuch']}}"));
        assertThat(dialogue.refusedChannels()).isZero();
    }

    @Test
    void usedUpCreditsEndTheConnectionWhateverRequestTheyAnswer() {
        settled("x");
        assertThat(dialogue.refused(99, TOO_MANY, SECOND))
                .isEqualTo(new Told.Refused(TOO_MANY, List.of()));
        assertThat(dialogue.next(SECOND)).isEqualTo(new Step.GiveUp("too many requests"));
    }

    @Test
    void anErrorThatPassesIsFollowedByAnotherAttemptSoonAndMaintenanceByOneLate() {
        dialogue.want(List.of("x"), 0);
        heartbeatConfirmed();
        dialogue.next(0);
        assertThat(dialogue.refused(2, UNAVAILABLE, 0))
                .isEqualTo(new Told.Refused(UNAVAILABLE, List.of("x")));
        assertThat(waitUntil(dialogue.next(SECOND / 10))).isBetween(4 * SECOND / 10, SECOND);
        assertThat(dialogue.refusedChannels()).isZero();
        assertThat(dialogue.next(SECOND)).isInstanceOf(Step.Send.class);
        dialogue.refused(3, MAINTENANCE, SECOND);
        long until = 0;
        for (long now = 2 * SECOND; until == 0; now += SECOND) {
            dialogue.heartbeat(now);
            if (dialogue.next(now) instanceof Step.Send) {
                until = now;
            }
        }
        assertThat(until).isBetween(60 * SECOND, 123 * SECOND);
    }

    @Test
    void oneBadChannelOfARefusedRequestDoesNotCostTheGoodOnes() {
        List<String> all = IntStream.range(0, 100).mapToObj(i -> "c" + i).toList();
        dialogue.want(all, 0);
        heartbeatConfirmed();
        long now = 0;
        long id = 2;
        List<Long> sent = new ArrayList<>();
        while (dialogue.subscribed().size() < 99 && now < 60 * SECOND) {
            dialogue.heartbeat(now);
            switch (dialogue.next(now)) {
                case Step.Send(String message) -> {
                    sent.add(now);
                    if (message.contains("\"c37\"")) {
                        dialogue.refused(id++, INVALID, now);
                    } else {
                        dialogue.accepted(
                                id++,
                                all.stream()
                                        .filter(c -> message.contains("\"" + c + "\""))
                                        .toList(),
                                now);
                    }
                }
                case Step.WaitUntil(long until) -> now = until;
                case Step.GiveUp gaveUp -> throw new AssertionError(gaveUp);
            }
        }
        assertThat(dialogue.subscribed()).hasSize(99).doesNotContain("c37");
        assertThat(dialogue.refusedChannels()).isEqualTo(1);
        for (int i = 1; i < sent.size(); i++) {
            // EXCHANGES.md B, limits: 3.3 subscriptions a second.
            assertThat(sent.get(i) - sent.get(i - 1)).isGreaterThanOrEqualTo(4 * SECOND / 10);
        }
    }

    @Test
    void refusedHeartbeatsLeaveTheWatchToTheChannels() {
        dialogue.want(List.of("x"), 0);
        dialogue.next(0);
        dialogue.refused(1, INVALID, 0);
        dialogue.next(0);
        dialogue.accepted(2, List.of("x"), 0);
        dialogue.heard("x", 100 * SECOND);
        assertThat(dialogue.next(100 * SECOND)).isEqualTo(new Step.WaitUntil(130 * SECOND));
    }

    @Test
    void aChannelThatStandsStillIsSubscribedAnewAndThenTheConnectionIsGivenUp() {
        settled("x", "y");
        dialogue.heard("x", SECOND);
        live("y", SECOND, 31 * SECOND);
        assertThat(dialogue.next(31 * SECOND))
                .isEqualTo(
                        send(
                                "{'jsonrpc':'2.0','id':3,'method':'public/unsubscribe',"
                                        + "'params':{'channels':['x']}}"));
        assertThat(dialogue.takeSilent()).containsExactly("x");
        dialogue.accepted(3, List.of("x"), 31 * SECOND);
        assertThat(dialogue.next(31 * SECOND))
                .isEqualTo(
                        send(
                                "{'jsonrpc':'2.0','id':4,'method':'public/subscribe',"
                                        + "'params':{'channels':['x']}}"));
        dialogue.accepted(4, List.of("x"), 31 * SECOND);
        live("y", 31 * SECOND, 61 * SECOND);
        assertThat(dialogue.next(61 * SECOND)).isEqualTo(new Step.GiveUp("stalled: x"));
    }

    @Test
    void aChannelThatComesToLifeAgainIsForgiven() {
        settled("x");
        dialogue.heard("x", SECOND);
        dialogue.heartbeat(31 * SECOND);
        dialogue.next(31 * SECOND);
        dialogue.accepted(3, List.of("x"), 31 * SECOND);
        dialogue.next(31 * SECOND);
        dialogue.accepted(4, List.of("x"), 31 * SECOND);
        dialogue.heard("x", 32 * SECOND);
        dialogue.heartbeat(62 * SECOND);
        assertThat(dialogue.next(62 * SECOND)).isInstanceOf(Step.Send.class);
    }

    @Test
    void anIndexThatIsQuietFromTheBeginningDoesNotCondemnTheOthers() {
        settled("quiet", "y");
        List<Long> renewed = new ArrayList<>();
        long id = 3;
        for (long now = SECOND; now < 1_000 * SECOND; now += SECOND) {
            dialogue.heartbeat(now);
            dialogue.heard("y", now);
            while (dialogue.next(now) instanceof Step.Send(String message)) {
                if (message.contains("unsubscribe")) {
                    renewed.add(now / SECOND);
                }
                dialogue.accepted(id++, List.of("quiet"), now);
            }
        }
        assertThat(renewed).containsExactly(30L, 60L, 360L, 660L, 960L);
    }

    @Test
    void aConnectionThatNeverBringsAnythingIsGivenUp() {
        settled("x");
        dialogue.heartbeat(30 * SECOND);
        dialogue.next(30 * SECOND);
        dialogue.accepted(3, List.of(), 30 * SECOND);
        dialogue.next(30 * SECOND);
        dialogue.accepted(4, List.of("x"), 30 * SECOND);
        dialogue.heartbeat(59 * SECOND);
        assertThat(dialogue.next(60 * SECOND)).isEqualTo(new Step.GiveUp("stalled: x"));
    }

    @Test
    void leavingChannelsGoBeforeOthersCome() {
        settled("x", "y");
        dialogue.want(List.of("y", "z"), SECOND);
        assertThat(dialogue.next(SECOND))
                .isEqualTo(
                        send(
                                "{'jsonrpc':'2.0','id':3,'method':'public/unsubscribe',"
                                        + "'params':{'channels':['x']}}"));
        dialogue.accepted(3, List.of("x"), SECOND);
        assertThat(dialogue.next(SECOND))
                .isEqualTo(
                        send(
                                "{'jsonrpc':'2.0','id':4,'method':'public/subscribe',"
                                        + "'params':{'channels':['z']}}"));
    }

    private void heartbeatConfirmed() {
        dialogue.next(0);
        dialogue.accepted(1, List.of(), 0);
    }

    private void settled(String... channels) {
        dialogue.want(List.of(channels), 0);
        heartbeatConfirmed();
        dialogue.next(0);
        dialogue.accepted(2, List.of(channels), 0);
    }

    /** Heartbeats and the channel's events come each second, without a word from here. */
    private void live(String channel, long from, long to) {
        for (long now = from; now < to; now += SECOND) {
            dialogue.heartbeat(now);
            dialogue.heard(channel, now);
        }
        dialogue.heartbeat(to);
        dialogue.heard(channel, to);
    }

    private static Step.Send send(String message) {
        return new Step.Send(message.replace('\'', '"'));
    }

    private static long waitUntil(Step step) {
        return switch (step) {
            case Step.WaitUntil(long nanos) -> nanos;
            case Step.Send send -> throw new AssertionError(send);
            case Step.GiveUp gaveUp -> throw new AssertionError(gaveUp);
        };
    }
}
