package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.binance.Subscriptions.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long SPACING = 350_000_000L;

    private final Subscriptions subscriptions =
            new Subscriptions(2, Duration.ofNanos(SPACING), Duration.ofSeconds(10));

    @Test
    void streamsAreAskedForInBatchesOneAnsweredAfterTheOther() {
        subscriptions.want(List.of("a", "b", "c"));
        assertThat(subscriptions.next(0))
                .isEqualTo(
                        new Step.Send(
                                "{\"method\":\"SUBSCRIBE\",\"params\":[\"a\",\"b\"],\"id\":1}"));
        assertThat(subscriptions.next(1)).isEqualTo(new Step.WaitUntil(10 * SECOND));
        assertThat(subscriptions.answered(new ControlAnswer.Accepted(1))).isEmpty();
        assertThat(subscriptions.next(2)).isEqualTo(new Step.WaitUntil(SPACING));
        assertThat(subscriptions.next(SPACING))
                .isEqualTo(new Step.Send("{\"method\":\"SUBSCRIBE\",\"params\":[\"c\"],\"id\":2}"));
        subscriptions.answered(new ControlAnswer.Accepted(2));
        assertThat(subscriptions.takeArrived()).isEmpty();
        assertThat(subscriptions.isComplete()).isFalse();
        assertThat(subscriptions.subscribedCount()).isZero();
        assertThat(subscriptions.next(2 * SPACING)).isEqualTo(list(3));
        subscriptions.answered(new ControlAnswer.Listed(3, Set.of("a", "b", "c")));
        assertThat(subscriptions.next(3 * SPACING)).isEqualTo(new Step.Settled());
        assertThat(subscriptions.isComplete()).isTrue();
        assertThat(subscriptions.subscribedCount()).isEqualTo(3);
        assertThat(subscriptions.takeArrived()).containsExactly("a", "b", "c");
        assertThat(subscriptions.takeArrived()).isEmpty();
    }

    @Test
    void whatIsSubscribedAgainOnANewConnectionHasArrivedAgain() {
        subscriptions.want(List.of("a"));
        subscriptions.next(0);
        subscriptions.answered(new ControlAnswer.Accepted(1));
        subscriptions.reset();
        assertThat(subscriptions.takeArrived()).isEmpty();
        subscriptions.next(SECOND);
        assertThat(subscriptions.takeArrived()).isEmpty();
        subscriptions.answered(new ControlAnswer.Accepted(2));
        subscriptions.next(2 * SECOND);
        subscriptions.answered(new ControlAnswer.Listed(3, Set.of("a")));
        assertThat(subscriptions.takeArrived()).containsExactly("a");
    }

    @Test
    void whatTheExchangeLeftOutOfWhatItAcceptedIsAskedForAgain() {
        subscriptions.want(List.of("a", "b"));
        subscriptions.next(0);
        subscriptions.answered(new ControlAnswer.Accepted(1));
        assertThat(subscriptions.next(SECOND)).isEqualTo(list(2));
        subscriptions.answered(new ControlAnswer.Listed(2, Set.of("b")));
        assertThat(subscriptions.takeArrived()).containsExactly("b");
        assertThat(subscriptions.takeLeftOut()).containsExactly("a");
        assertThat(subscriptions.takeLeftOut()).isEmpty();
        assertThat(subscriptions.has("a")).isFalse();
        assertThat(subscriptions.next(2 * SECOND))
                .isEqualTo(new Step.Send("{\"method\":\"SUBSCRIBE\",\"params\":[\"a\"],\"id\":3}"));
        subscriptions.answered(new ControlAnswer.Accepted(3));
        assertThat(subscriptions.next(3 * SECOND)).isEqualTo(list(4));
        subscriptions.answered(new ControlAnswer.Listed(4, Set.of("a", "b")));
        assertThat(subscriptions.takeLeftOut()).isEmpty();
        assertThat(subscriptions.takeArrived()).containsExactly("a");
        assertThat(subscriptions.isComplete()).isTrue();
    }

    @Test
    void whatIsNeverListedIsBelievedAfterTheThirdTime() {
        subscriptions.want(List.of("a"));
        long id = 0;
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(subscriptions.takeArrived()).isEmpty();
            subscriptions.next(++id * SECOND);
            subscriptions.answered(new ControlAnswer.Accepted(id));
            assertThat(subscriptions.next(++id * SECOND)).isEqualTo(list(id));
            subscriptions.answered(new ControlAnswer.Listed(id, Set.of("A")));
        }
        assertThat(subscriptions.takeArrived()).containsExactly("a");
        assertThat(subscriptions.next(10 * SECOND)).isEqualTo(new Step.Settled());
    }

    @Test
    void whatWasLeftMeanwhileIsMissedAnewAndNotBelievedTheSooner() {
        subscriptions.want(List.of("a"));
        long id = 0;
        for (int attempt = 1; attempt <= 2; attempt++) {
            subscriptions.next(++id * SECOND);
            subscriptions.answered(new ControlAnswer.Accepted(id));
            subscriptions.next(++id * SECOND);
            subscriptions.answered(new ControlAnswer.Listed(id, Set.of()));
        }
        subscriptions.next(++id * SECOND);
        subscriptions.answered(new ControlAnswer.Accepted(id));
        subscriptions.want(List.of());
        subscriptions.next(++id * SECOND);
        subscriptions.answered(new ControlAnswer.Accepted(id)); // it is left
        subscriptions.want(List.of("a"));
        subscriptions.next(++id * SECOND);
        subscriptions.answered(new ControlAnswer.Accepted(id));
        assertThat(subscriptions.next(++id * SECOND)).isEqualTo(list(id));
        subscriptions.answered(new ControlAnswer.Listed(id, Set.of()));
        assertThat(subscriptions.takeArrived()).isEmpty();
        assertThat(subscriptions.takeLeftOut()).containsExactly("a");
    }

    @Test
    void anExchangeThatDoesNotTellWhatItCarriesIsBelieved() {
        subscriptions.want(List.of("a"));
        subscriptions.next(0);
        subscriptions.answered(new ControlAnswer.Accepted(1));
        subscriptions.next(SECOND);
        subscriptions.answered(new ControlAnswer.Refused(OptionalLong.empty(), 2, "unknown"));
        assertThat(subscriptions.takeArrived()).containsExactly("a");
        assertThat(subscriptions.isComplete()).isTrue();
    }

    private static Step list(long id) {
        return new Step.Send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + id + "}");
    }

    @Test
    void leavingStreamsGoBeforeOthersCome() {
        subscriptions.want(List.of("a", "b"));
        subscriptions.next(0);
        subscriptions.answered(new ControlAnswer.Accepted(1));
        subscriptions.want(List.of("b", "c"));
        assertThat(subscriptions.next(SECOND))
                .isEqualTo(
                        new Step.Send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"a\"],\"id\":2}"));
        subscriptions.answered(new ControlAnswer.Accepted(2));
        assertThat(subscriptions.next(2 * SECOND))
                .isEqualTo(new Step.Send("{\"method\":\"SUBSCRIBE\",\"params\":[\"c\"],\"id\":3}"));
    }

    @Test
    void aStreamThatIsRenewedIsLeftFirstAndArrivesAgain() {
        subscriptions.want(List.of("a", "b"));
        subscriptions.next(0);
        subscriptions.answered(new ControlAnswer.Accepted(1));
        subscriptions.next(SECOND / 2);
        subscriptions.answered(new ControlAnswer.Listed(2, Set.of("a", "b")));
        subscriptions.takeArrived();
        subscriptions.renew(List.of("a", "c"));
        assertThat(subscriptions.isComplete()).isFalse();
        assertThat(subscriptions.next(SECOND))
                .isEqualTo(
                        new Step.Send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"a\"],\"id\":3}"));
        assertThat(subscriptions.holds("a")).isFalse();
        subscriptions.answered(new ControlAnswer.Accepted(3));
        assertThat(subscriptions.next(2 * SECOND))
                .isEqualTo(new Step.Send("{\"method\":\"SUBSCRIBE\",\"params\":[\"a\"],\"id\":4}"));
        subscriptions.answered(new ControlAnswer.Accepted(4));
        assertThat(subscriptions.next(3 * SECOND)).isEqualTo(list(5));
        subscriptions.answered(new ControlAnswer.Listed(5, Set.of("a", "b")));
        assertThat(subscriptions.takeArrived()).containsExactly("a");
        assertThat(subscriptions.isComplete()).isTrue();
    }

    @Test
    void aSignIsAskedForAfterAllElseAndARefusalIsOneToo() {
        subscriptions.want(List.of("a"));
        subscriptions.fence().want();
        subscriptions.next(0);
        subscriptions.answered(new ControlAnswer.Accepted(1));
        assertThat(subscriptions.next(SECOND / 2)).isEqualTo(list(2));
        subscriptions.answered(new ControlAnswer.Listed(2, Set.of("a")));
        assertThat(subscriptions.next(SECOND))
                .isEqualTo(
                        new Step.Send(
                                "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":3}"));
        assertThat(subscriptions.fence().isPassed()).isFalse();
        assertThat(subscriptions.answered(new ControlAnswer.Refused(OptionalLong.empty(), 2, "no")))
                .isEmpty();
        assertThat(subscriptions.fence().isPassed()).isTrue();
        assertThat(subscriptions.next(2 * SECOND)).isEqualTo(new Step.Settled());
    }

    @Test
    void anAnswerToAnotherMessageChangesNothing() {
        subscriptions.want(List.of("a"));
        subscriptions.next(0);
        subscriptions.answered(new ControlAnswer.Accepted(9));
        subscriptions.answered(new ControlAnswer.Refused(OptionalLong.of(9), 2, "no"));
        assertThat(subscriptions.next(1)).isEqualTo(new Step.WaitUntil(10 * SECOND));
    }

    @Test
    void anErrorWithoutIdRefusesTheMessageUnderWay() {
        subscriptions.want(List.of("a"));
        subscriptions.next(0);
        assertThat(subscriptions.answered(new ControlAnswer.Refused(OptionalLong.empty(), 2, "no")))
                .containsExactly("a");
        assertThat(subscriptions.next(SECOND)).isEqualTo(new Step.WaitUntil(60 * SECOND));
        assertThat(subscriptions.subscribedCount()).isZero();
        assertThat(subscriptions.isComplete()).isTrue();
    }

    @Test
    void aRefusedStreamIsAskedForAgainLaterAndLaterUntilItIsThere() {
        subscriptions.want(List.of("a"));
        long asked = 0;
        long id = 0;
        for (long minutes : new long[] {1, 2, 4, 8, 15, 15}) {
            assertThat(subscriptions.next(asked)).isEqualTo(subscribe(++id, "a"));
            assertThat(subscriptions.answered(refusal(id))).containsExactly("a");
            long again = asked + minutes * 60 * SECOND;
            assertThat(subscriptions.next(asked + 5 * SECOND)).isEqualTo(new Step.WaitUntil(again));
            assertThat(subscriptions.next(again - 1)).isEqualTo(new Step.WaitUntil(again));
            asked = again;
        }
        assertThat(subscriptions.next(asked)).isEqualTo(subscribe(++id, "a"));
        subscriptions.answered(new ControlAnswer.Accepted(id));
        assertThat(subscriptions.isComplete()).isFalse();
        assertThat(subscriptions.next(asked + SECOND)).isEqualTo(list(++id));
        subscriptions.answered(new ControlAnswer.Listed(id, Set.of("a")));
        assertThat(subscriptions.takeArrived()).containsExactly("a");
        assertThat(subscriptions.next(asked + 2 * SECOND)).isEqualTo(new Step.Settled());
    }

    @Test
    void theFirstOfTheRefusedStreamsIsWaitedForAndNoneDelaysTheOthers() {
        subscriptions.want(List.of("a", "b"));
        subscriptions.next(0);
        assertThat(subscriptions.answered(refusal(1))).isEmpty();
        assertThat(subscriptions.next(SECOND)).isEqualTo(subscribe(2, "a"));
        subscriptions.answered(refusal(2));
        assertThat(subscriptions.next(2 * SECOND)).isEqualTo(subscribe(3, "b"));
        subscriptions.answered(refusal(3));
        assertThat(subscriptions.next(3 * SECOND)).isEqualTo(new Step.WaitUntil(61 * SECOND));
        subscriptions.want(List.of("a", "b", "c"));
        assertThat(subscriptions.next(3 * SECOND)).isEqualTo(subscribe(4, "c"));
    }

    @Test
    void aRefusedStreamThatIsWantedAnewIsAskedForAtOnce() {
        subscriptions.want(List.of("a", "b"));
        subscriptions.next(0);
        subscriptions.answered(refusal(1));
        subscriptions.next(SECOND);
        subscriptions.want(List.of("b"));
        // Refused only now that nobody wants it.
        assertThat(subscriptions.answered(refusal(2))).containsExactly("a");
        assertThat(subscriptions.next(2 * SECOND)).isEqualTo(subscribe(3, "b"));
        subscriptions.answered(refusal(3));
        subscriptions.want(List.of("a", "b"));
        assertThat(subscriptions.next(3 * SECOND)).isEqualTo(subscribe(4, "a"));
        subscriptions.want(List.of());
        subscriptions.want(List.of("b"));
        subscriptions.answered(refusal(4));
        assertThat(subscriptions.next(4 * SECOND)).isEqualTo(subscribe(5, "b"));
    }

    private static ControlAnswer refusal(long id) {
        return new ControlAnswer.Refused(OptionalLong.of(id), 1, "try again");
    }

    private static Step subscribe(long id, String stream) {
        return new Step.Send(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"" + stream + "\"],\"id\":" + id + "}");
    }

    @Test
    void aMessageThatIsNotAnsweredInTimeCondemnsTheConnection() {
        subscriptions.want(List.of("a"));
        subscriptions.next(0);
        assertThat(subscriptions.next(10 * SECOND)).isEqualTo(new Step.Unanswered(1));
        subscriptions.reset();
        assertThat(subscriptions.next(10 * SECOND))
                .isEqualTo(new Step.Send("{\"method\":\"SUBSCRIBE\",\"params\":[\"a\"],\"id\":2}"));
    }

    /**
     * An exchange that refuses a whole message for one bad stream, and now and then leaves a stream
     * out of what it accepts, with changing wishes: in the end all good streams that are wanted are
     * there, and no second has seen more than four messages.
     */
    @Test
    void badStreamsAreFoundOutWithoutHarmToTheOthersAndTheMessageLimitIsKept() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Subscriptions many = new Subscriptions(64, Duration.ofMillis(350), Duration.ofSeconds(10));
        List<String> all = IntStream.range(0, 600).mapToObj(i -> "s" + i).toList();
        Set<String> bad = new HashSet<>();
        all.forEach(s -> {
            if (random.nextInt(100) == 0) {
                bad.add(s);
            }
        });
        Set<String> held = new HashSet<>();
        Set<String> leftOut = new HashSet<>();
        List<Long> sent = new ArrayList<>();
        List<String> wanted = all;
        many.want(wanted);
        long now = 0;
        for (int step = 0; step < 5_000; step++) {
            if (step == 300) {
                wanted = all.subList(100, 500);
                many.want(wanted);
            }
            switch (many.next(now)) {
                case Step.Send(String message) -> {
                    sent.add(now);
                    Message asked = Message.of(message);
                    if (asked.streams.stream().anyMatch(bad::contains)) {
                        OptionalLong id =
                                random.nextBoolean()
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(asked.id);
                        many.answered(new ControlAnswer.Refused(id, 2, "invalid stream"));
                    } else if (message.contains("LIST_SUBSCRIPTIONS")) {
                        many.answered(new ControlAnswer.Listed(asked.id, held));
                    } else {
                        if (asked.subscribe) {
                            asked.streams.stream()
                                    .filter(s -> random.nextInt(50) > 0 || !leftOut.add(s))
                                    .forEach(held::add);
                        } else {
                            held.removeAll(asked.streams);
                        }
                        many.answered(new ControlAnswer.Accepted(asked.id));
                    }
                }
                case Step.WaitUntil(long until) -> now = until;
                case Step.Settled() -> now += SECOND;
                case Step.Unanswered unanswered -> throw new AssertionError(unanswered);
            }
        }
        Set<String> expected = new HashSet<>(wanted);
        expected.removeAll(bad);
        assertThat(held).as("seed %s", seed).isEqualTo(expected);
        assertThat(many.subscribedCount()).isEqualTo(expected.size());
        for (long from : sent) {
            assertThat(sent.stream().filter(at -> at >= from && at <= from + SECOND).count())
                    .as("seed %s: messages within a second from %s", seed, from)
                    .isLessThanOrEqualTo(4);
        }
    }

    private record Message(boolean subscribe, List<String> streams, long id) {

        private static final Pattern STREAM = Pattern.compile("\"(s\\d+)\"");
        private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

        static Message of(String text) {
            Matcher id = ID.matcher(text);
            assertThat(id.find()).isTrue();
            return new Message(
                    text.startsWith("{\"method\":\"SUBSCRIBE\""),
                    STREAM.matcher(text).results().map(r -> r.group(1)).toList(),
                    Long.parseLong(id.group(1)));
        }
    }
}
