package io.tapeline.query.web;

import io.tapeline.query.live.Change;
import io.tapeline.query.live.LiveHub;
import io.tapeline.query.live.LiveSession;
import io.tapeline.query.live.Subscription;
import io.tapeline.query.socket.CloseCode;
import io.tapeline.query.socket.Peer;
import io.tapeline.query.socket.Talk;
import io.tapeline.schemas.market.Instrument;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/ws}: commands and their answers, and between these what is subscribed. */
final class LiveConversation implements Talk {

    private static final int MOST_ANSWERS = 256;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final LiveHub hub;
    private final Live live;
    private final JsonMapper json;
    private final Clock clock;
    private final int mostSubscriptions;
    private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
    private @Nullable Peer peer;
    private volatile @Nullable LiveSession session;

    LiveConversation(LiveHub hub, Live live, JsonMapper json, Clock clock, int mostSubscriptions) {
        this.hub = hub;
        this.live = live;
        this.json = json;
        this.clock = clock;
        this.mostSubscriptions = mostSubscriptions;
    }

    @Override
    public void opened(Peer opened) {
        peer = opened;
        hub.open(opened::ready)
                .ifPresentOrElse(
                        begun -> session = begun,
                        () ->
                                opened.close(
                                        CloseCode.TRY_LATER,
                                        "there are as many subscribers as are allowed"));
    }

    @Override
    public void heard(String message) {
        LiveSession begun = session;
        if (begun == null) {
            return;
        }
        JsonNode id = null;
        try {
            JsonNode parsed = LiveCommand.parse(message, json);
            if (parsed == null) {
                throw ProblemException.invalid(
                        "message", "is not an object of JSON", "{\"op\":\"subscribe\",...}");
            }
            id = LiveCommand.id(parsed);
            LiveCommand command = LiveCommand.read(parsed);
            answer(obey(command, begun));
        } catch (ProblemException e) {
            Map<String, @Nullable Object> problem = new LinkedHashMap<>();
            problem.put("event", "problem");
            problem.put("id", id);
            problem.put("problem", e.problem());
            answer(problem);
        }
    }

    private Map<String, @Nullable Object> obey(LiveCommand command, LiveSession begun) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("event", "answer");
        answer.put("id", command.id());
        answer.put("op", command.op().id());
        switch (command.op()) {
            case SUBSCRIBE -> subscribe(question(command), begun);
            case UNSUBSCRIBE -> question(command).subscriptions().forEach(begun::unsubscribe);
            case LIST -> answer.put("items", listed(begun));
            case PING -> answer.put("time", clock.instant());
        }
        answer.put("subscriptions", begun.subscriptions().size());
        return answer;
    }

    private static LiveQuestion question(LiveCommand command) {
        return Objects.requireNonNull(command.question(), "command without a question");
    }

    private void subscribe(LiveQuestion question, LiveSession begun) {
        List<Subscription> wanted = question.subscriptions();
        if (begun.subscriptions().size() + wanted.size() > mostSubscriptions) {
            throw ProblemException.invalid(
                    "instruments",
                    "would make more than " + mostSubscriptions + " subscriptions",
                    "at most " + mostSubscriptions + " of one connection");
        }
        live.requireKnown(question.instruments());
        for (Subscription subscription : wanted) {
            switch (begun.subscribe(subscription)) {
                case BEGUN, ALREADY -> {}
                case REFUSED ->
                        throw ProblemException.tooMany(
                                "As many books are watched as are allowed; what went before "
                                        + subscription.type().id()
                                        + " of "
                                        + subscription.instrument()
                                        + " is subscribed.",
                                RETRY_AFTER);
            }
        }
    }

    private static List<Map<String, @Nullable Object>> listed(LiveSession begun) {
        return begun.subscriptions().stream()
                .map(each -> {
                    Map<String, @Nullable Object> item = new LinkedHashMap<>();
                    Instrument instrument = each.instrument();
                    item.put("type", each.type().id());
                    item.put("instrument", instrument == null ? null : instrument.id());
                    return item;
                })
                .toList();
    }

    private void answer(Map<String, @Nullable Object> answer) {
        Peer talking = Objects.requireNonNull(peer, "not opened");
        if (answers.size() >= MOST_ANSWERS) {
            talking.close(CloseCode.POLICY, "answers are not taken");
            return;
        }
        answers.add(json.writeValueAsBytes(answer));
        talking.ready();
    }

    @Override
    public byte @Nullable [] next() {
        byte[] answer = answers.poll();
        if (answer != null) {
            return answer;
        }
        LiveSession begun = session;
        Change change = begun == null ? null : begun.poll();
        return change == null ? null : change.message();
    }

    @Override
    public void ended() {
        LiveSession begun = session;
        if (begun != null) {
            begun.close();
        }
    }
}
