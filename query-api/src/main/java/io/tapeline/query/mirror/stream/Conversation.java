package io.tapeline.query.mirror.stream;

import io.tapeline.query.mirror.ExchangeJson;
import io.tapeline.query.mirror.TimeUnitAsked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A client's control messages, done and answered (A.3). */
final class Conversation {

    private final MirrorTalk talk;

    Conversation(MirrorTalk talk) {
        this.talk = talk;
    }

    void heard(String text) {
        talk.say(
                switch (ControlReader.read(text)) {
                    case ControlMessage.Subscribe(List<String> names, String id) ->
                            subscribe(names, id);
                    case ControlMessage.Unsubscribe(List<String> names, String id) -> {
                        talk.unsubscribe(names);
                        yield ControlMessage.done(id);
                    }
                    case ControlMessage.ListSubscriptions(String id) ->
                            ControlMessage.result(list(talk.streams()), id);
                    case ControlMessage.SetCombined(boolean combined, String id) -> {
                        talk.combined(combined);
                        yield ControlMessage.done(id);
                    }
                    case ControlMessage.GetCombined(String id) ->
                            ControlMessage.result(Boolean.toString(talk.combined()), id);
                    case ControlMessage.Wrong(String answer) -> answer;
                });
    }

    private String subscribe(List<String> names, String id) {
        List<StreamName> wanted = new ArrayList<>();
        for (String name : names) {
            Optional<StreamName> known = StreamName.parse(name);
            if (known.isEmpty()) {
                return ControlMessage.wrapped("invalid stream", id);
            }
            wanted.add(known.get());
        }
        Set<String> after = new HashSet<>(talk.streams());
        after.addAll(names);
        if (after.size() > StreamAddress.MOST_STREAMS || !talk.subscribe(wanted)) {
            return ControlMessage.wrapped("too many parameters", id);
        }
        talk.awaitBeginning(wanted);
        return ControlMessage.done(id);
    }

    private static String list(List<String> names) {
        ExchangeJson out = new ExchangeJson(TimeUnitAsked.MILLISECOND).open('[');
        names.forEach(out::text);
        return out.close(']').toString();
    }
}
