package io.tapeline.exchange.replay;

import io.tapeline.exchange.market.PairSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a first reading of the files tells: which symbols and streams they hold, in which units
 * their numbers are exact, and the depth answers among them, by symbol and in order.
 */
final class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final List<String> QUOTES =
            List.of(
                    "FDUSD", "USDT", "USDC", "TUSD", "BUSD", "USD1", "BTC", "ETH", "BNB", "EUR",
                    "TRY", "BRL", "JPY", "DAI");

    private final List<Path> files;
    private final Map<String, Symbol> symbols = new LinkedHashMap<>();
    private final Map<String, String> lineOf = new HashMap<>();
    private final Set<String> streams = new HashSet<>();
    private final List<Set<String>> symbolsByFile = new ArrayList<>();
    private long lines;
    private long ignored;
    private long firstEventMillis = -1;

    private Recording(List<Path> files) {
        this.files = files;
    }

    /** What is known of one symbol. */
    static final class Symbol {
        private int pricePlaces;
        private int quantityPlaces;
        private long firstId = -1;
        private long lastId = -1;
        private final List<Recorded.Snapshot> snapshots = new ArrayList<>();

        private void see(String price, String quantity) {
            pricePlaces = Math.max(pricePlaces, Decimals.places(price));
            quantityPlaces = Math.max(quantityPlaces, Decimals.places(quantity));
        }

        private void see(List<Recorded.Level> levels) {
            levels.forEach(level -> see(level.price(), level.quantity()));
        }

        /** Where the book stands before the first diff; -1 where nothing is known of it. */
        long startId() {
            return firstId >= 0
                    ? firstId - 1
                    : snapshotFrom(0).map(Recorded.Snapshot::lastUpdateId).orElse(-1L);
        }

        /**
         * The first answer as of the id or later, inclusive. A look that audited a book knows its
         * best levels alone, and is taken only where no answer tells more.
         */
        Optional<Recorded.Snapshot> snapshotFrom(long id) {
            Recorded.Snapshot look = null;
            for (Recorded.Snapshot snapshot : snapshots) {
                if (snapshot.lastUpdateId() >= id) {
                    if (!snapshot.look()) {
                        return Optional.of(snapshot);
                    }
                    look = look == null ? snapshot : look;
                }
            }
            return Optional.ofNullable(look);
        }
    }

    static Recording read(List<Path> files) throws IOException {
        Recording recording = new Recording(List.copyOf(files));
        files.forEach(file -> recording.symbolsByFile.add(new HashSet<>()));
        List<MergedLines.FileLine> unassigned = new ArrayList<>();
        try (MergedLines lines = new MergedLines(files)) {
            for (MergedLines.FileLine line = lines.next(); line != null; line = lines.next()) {
                recording.see(line, unassigned);
            }
        }
        for (MergedLines.FileLine line : unassigned) {
            recording.assign(line);
        }
        if (recording.ignored > 0) {
            LOG.atWarn()
                    .addKeyValue("lines", recording.ignored)
                    .log("Lines that are no market data are left out");
        }
        if (recording.symbols.isEmpty()) {
            throw new IOException("No market data in " + files);
        }
        return recording;
    }

    private void see(MergedLines.FileLine line, List<MergedLines.FileLine> unassigned) {
        lines++;
        switch (Recorded.parse(line.line().raw())) {
            case Recorded.Event event -> see(line.file(), event);
            case Recorded.Snapshot _ -> unassigned.add(line);
            case Recorded.Ignored _ -> ignored++;
        }
    }

    private void see(int file, Recorded.Event event) {
        streams.add(event.stream());
        lineOf.putIfAbsent(event.stream(), event.origin().line());
        if (!plays(event)) {
            return;
        }
        if (firstEventMillis < 0) {
            firstEventMillis = event.eventMillis();
        }
        if (event.symbol().isEmpty()) {
            return;
        }
        Symbol symbol = symbols.computeIfAbsent(event.symbol(), s -> new Symbol());
        symbolsByFile.get(file).add(event.symbol());
        switch (event.content()) {
            case Recorded.Diff diff -> {
                symbol.see(diff.bids());
                symbol.see(diff.asks());
                if (symbol.firstId < 0) {
                    symbol.firstId = diff.firstId();
                }
                symbol.lastId = diff.lastId();
            }
            case Recorded.Fill fill -> symbol.see(fill.price(), fill.quantity());
            case Recorded.Opaque() -> {}
        }
    }

    /**
     * A depth answer does not name its symbol: it is the file's only one, else the one whose ids
     * are nearest.
     */
    private void assign(MergedLines.FileLine line) {
        if (!(Recorded.parse(line.line().raw()) instanceof Recorded.Snapshot snapshot)) {
            return;
        }
        Symbol nearest = symbols.get(snapshot.symbol());
        for (String name : symbolsByFile.get(line.file())) {
            Symbol symbol = symbols.get(name);
            if (snapshot.symbol().isEmpty()
                    && symbol != null
                    && (nearest == null
                            || distance(symbol, snapshot) < distance(nearest, snapshot))) {
                nearest = symbol;
            }
        }
        if (nearest == null) {
            ignored++;
            return;
        }
        nearest.see(snapshot.bids());
        nearest.see(snapshot.asks());
        nearest.snapshots.add(snapshot);
    }

    private static long distance(Symbol symbol, Recorded.Snapshot snapshot) {
        return symbol.lastId < 0
                ? Long.MAX_VALUE
                : Math.abs(symbol.lastId - snapshot.lastUpdateId());
    }

    /**
     * Whether the event is to be played: where several lines recorded a stream, only those of the
     * line that comes first are, or each would happen several times.
     */
    boolean plays(Recorded.Event event) {
        return event.origin().line().equals(lineOf.get(event.stream()));
    }

    List<Path> files() {
        return files;
    }

    Set<String> streams() {
        return streams;
    }

    Map<String, Symbol> symbols() {
        return symbols;
    }

    long lines() {
        return lines;
    }

    /**
     * The event time with which the recording begins, milliseconds since the epoch; 0 where no
     * event has one.
     */
    long firstEventMillis() {
        return Math.max(0, firstEventMillis);
    }

    PairSpec spec(String symbol) {
        Symbol seen = symbols.get(symbol);
        if (seen == null) {
            throw new IllegalArgumentException("not in the recording: " + symbol);
        }
        String quote =
                QUOTES.stream()
                        .filter(q -> symbol.endsWith(q) && symbol.length() > q.length())
                        .findFirst()
                        .orElse(symbol.substring(symbol.length() / 2));
        String base = symbol.substring(0, symbol.length() - quote.length());
        return new PairSpec(symbol, base, quote, seen.pricePlaces, seen.quantityPlaces, 1, 1);
    }
}
