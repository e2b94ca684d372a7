package io.tapeline.exchange.stream;

import io.tapeline.exchange.Limits;
import io.tapeline.exchange.fault.AnswerFault;
import io.tapeline.exchange.fault.AnswerFault.ErrorAnswer;
import io.tapeline.exchange.fault.AnswerFault.LateAck;
import io.tapeline.exchange.fault.AnswerFault.NoAck;
import io.tapeline.exchange.fault.AnswerFault.PartialAck;
import io.tapeline.exchange.judge.Judge;
import io.tapeline.exchange.market.StreamName;
import io.tapeline.exchange.stream.ControlMessage.GetCombined;
import io.tapeline.exchange.stream.ControlMessage.ListSubscriptions;
import io.tapeline.exchange.stream.ControlMessage.Refused;
import io.tapeline.exchange.stream.ControlMessage.SetCombined;
import io.tapeline.exchange.stream.ControlMessage.Subscribe;
import io.tapeline.exchange.stream.ControlMessage.Unsubscribe;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's control messages and the exchange's answers (EXCHANGES A.3). */
final class Conversation {

    private final Connection connection;
    private final Limits limits;
    private final InstantSource clock;
    private final Judge judge;
    private final AnswerFaults faults;

    Conversation(
            Connection connection,
            Limits limits,
            InstantSource clock,
            Judge judge,
            AnswerFaults faults) {
        this.connection = connection;
        this.limits = limits;
        this.clock = clock;
        this.judge = judge;
        this.faults = faults;
    }

    /** Does and answers what the client's text asks for. */
    void heard(String text) {
        switch (ControlMessage.parse(text)) {
            case Subscribe(List<String> names, String requestId) -> subscribe(names, requestId);
            case Unsubscribe(List<String> names, String requestId) -> {
                names.forEach(connection.subscriptions()::remove);
                connection.reply(done(requestId));
            }
            case ListSubscriptions(String requestId) ->
                    connection.reply(
                            "{\"result\":"
                                    + ControlMessage.JSON.writeValueAsString(
                                            connection.subscriptions().names())
                                    + ",\"id\":"
                                    + requestId
                                    + "}");
            case SetCombined(boolean wanted, String requestId) -> {
                connection.combined(wanted);
                connection.reply(done(requestId));
            }
            case GetCombined(String requestId) ->
                    connection.reply(
                            "{\"result\":" + connection.combined() + ",\"id\":" + requestId + "}");
            case Refused(String words) -> connection.reply(words);
        }
    }

    private static String done(String requestId) {
        return "{\"result\":null,\"id\":" + requestId + "}";
    }

    private void subscribe(List<String> names, String requestId) {
        List<StreamName> wanted = new ArrayList<>();
        for (String name : names) {
            Optional<StreamName> parsed = StreamName.parse(name);
            if (parsed.isEmpty()) {
                connection.reply(ControlMessage.invalidStream(requestId).answer());
                return;
            }
            wanted.add(parsed.get());
        }
        int after = connection.subscriptions().sizeWith(wanted);
        judge.streams(connection.id(), connection.remote(), after, clock.instant());
        if (after > limits.streamsPerConnection()) {
            connection.reply(ControlMessage.invalid("too many parameters").answer());
            return;
        }
        @Nullable AnswerFault fault = faults.next(connection, wanted);
        if (fault == null) {
            wanted.forEach(connection.subscriptions()::add);
            connection.reply(done(requestId));
        } else {
            subscribe(fault, wanted, requestId);
        }
    }

    /** A.8 point 19. */
    private void subscribe(AnswerFault fault, List<StreamName> wanted, String requestId) {
        switch (fault) {
            case LateAck late -> {
                wanted.forEach(connection.subscriptions()::add);
                faults.replyLater(connection, done(requestId), clock.instant().plus(late.by()));
            }
            case NoAck _ -> wanted.forEach(connection.subscriptions()::add);
            case PartialAck partial -> {
                wanted.stream().limit(partial.keep()).forEach(connection.subscriptions()::add);
                connection.reply(done(requestId));
            }
            case ErrorAnswer error ->
                    connection.reply(
                            switch (error.shape()) {
                                case WRAPPED -> ControlMessage.invalidStream(requestId).answer();
                                case PLAIN -> ControlMessage.invalid("invalid stream").answer();
                            });
        }
    }
}
