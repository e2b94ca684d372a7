package io.tapeline.query.mirror.rest;

import com.google.protobuf.Parser;
import io.tapeline.query.routing.Aggregators;
import io.tapeline.query.routing.Answer;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.proto.InstrumentInfo;
import io.tapeline.schemas.proto.Trust;
import java.time.Duration;

/** Live state, and the exchange's words where there is none to be told. */
final class State {

    static final String LIVE = "LIVE";

    private static final String STALE = "STALE";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Aggregators aggregators;

    State(Aggregators aggregators) {
        this.aggregators = aggregators;
    }

    /**
     * @param rest what follows the instrument in the aggregator's path
     */
    <T> T ask(Store store, InstrumentInfo info, String rest, Parser<T> parser) {
        Answer<T> answer = aggregators.ask(store, Pairs.instrumentOf(info), rest, parser);
        if (answer instanceof Answer.Unknown) {
            throw info.getStreamed()
                    ? Refusal.unavailable("nothing has been told of the pair yet", SOON)
                    : Refusal.unsupported("the pair is not streamed here");
        }
        return found(answer);
    }

    static <T> T found(Answer<T> answer) {
        return switch (answer) {
            case Answer.Found<T>(T value) -> value;
            case Answer.Unknown<T> _ -> throw Refusal.symbol();
            case Answer.NotReady<T>(String why, Duration after) ->
                    throw Refusal.unavailable(why, after);
            case Answer.Refused<T>(String reason) ->
                    throw new IllegalStateException("mirror: the aggregator refuses: " + reason);
        };
    }

    /** The aggregator's word, except that what a standby tells is never called live. */
    static String of(Trust trust) {
        return trust.getStandby() && trust.getState().equals(LIVE) ? STALE : trust.getState();
    }

    /** A book that may lack something must not be taken for the exchange's (A.5). */
    static void requireLive(Trust trust, Reply reply) {
        String state = of(trust);
        if (!state.equals(LIVE)) {
            reply.state(state);
            throw Refusal.unavailable("the book is " + state, SOON);
        }
    }
}
