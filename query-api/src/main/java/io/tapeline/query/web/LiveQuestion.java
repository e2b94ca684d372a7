package io.tapeline.query.web;

import io.tapeline.query.live.LiveType;
import io.tapeline.query.live.Subscription;
import io.tapeline.schemas.market.Instrument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be told live.
 *
 * @param instruments empty: all
 */
record LiveQuestion(Set<LiveType> types, Set<Instrument> instruments) {

    static final int MOST_INSTRUMENTS = 100;
    static final int MOST_TYPES = LiveType.values().length;

    private static final String[] TYPES =
            Arrays.stream(LiveType.values()).map(LiveType::id).toArray(String[]::new);

    /** Of a request; prices where no type is named. */
    static LiveQuestion ofParameters(@Nullable String types, @Nullable String instruments) {
        return of(
                types == null
                        ? Set.of(LiveType.PRICE.id())
                        : Parameters.list("types", types, TYPES.length),
                Parameters.list("instruments", instruments, MOST_INSTRUMENTS));
    }

    /**
     * @param instruments empty: all
     */
    static LiveQuestion of(Collection<String> types, Collection<String> instruments) {
        Set<LiveType> wanted = EnumSet.noneOf(LiveType.class);
        for (String word : types) {
            wanted.add(
                    LiveType.values()[
                            Arrays.asList(TYPES).indexOf(Parameters.word("types", word, TYPES))]);
        }
        Set<Instrument> named = new LinkedHashSet<>();
        for (String id : instruments) {
            named.add(Parameters.instrumentId("instruments", id));
        }
        if (named.isEmpty()
                && (wanted.contains(LiveType.BOOK) || wanted.contains(LiveType.DEPTH))) {
            throw Parameters.missing("instruments", "the instruments whose books are wanted");
        }
        return new LiveQuestion(wanted, named);
    }

    List<Subscription> subscriptions() {
        List<Subscription> all = new ArrayList<>();
        for (LiveType type : types) {
            if (instruments.isEmpty()) {
                all.add(new Subscription(type, null));
            }
            instruments.forEach(instrument -> all.add(new Subscription(type, instrument)));
        }
        return all;
    }
}
