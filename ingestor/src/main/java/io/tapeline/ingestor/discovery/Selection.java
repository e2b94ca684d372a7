package io.tapeline.ingestor.discovery;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which instruments an installation wants streamed. */
public sealed interface Selection {

    /** All that are trading, and what was followed once stays followed while it is halted. */
    record AllTrading() implements Selection {}

    /** These, as the venue spells them. */
    record Named(Set<String> symbols) implements Selection {

        public Named {
            symbols = Set.copyOf(symbols);
        }
    }

    /** None named: all. Names are turned to upper case, as the venue spells its symbols. */
    static Selection of(List<String> symbols) {
        Set<String> named = new TreeSet<>();
        for (String symbol : symbols) {
            if (!symbol.isBlank()) {
                named.add(symbol.strip().toUpperCase(Locale.ROOT));
            }
        }
        return named.isEmpty() ? new AllTrading() : new Named(named);
    }
}
