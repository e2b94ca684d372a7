package io.tapeline.chaos.judge;

import io.tapeline.schemas.market.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which streams of which lines have come to the raw topics, and which have not. */
public final class Streams {

    private static final List<String> INDICES =
            List.of("deribit_price_index.btc_usd", "deribit_price_index.eth_usd");

    private final RawTape tape;
    private final List<String> types;
    private final List<String> lines;

    /**
     * @param types of streams of each pair, as the exchange names them
     */
    public Streams(RawTape tape, List<String> types, List<String> lines) {
        this.tape = tape;
        this.types = types;
        this.lines = lines;
    }

    /**
     * Those of which nothing was received after that time, on any of the lines.
     *
     * @param nanos epoch ns
     */
    public List<String> silentSince(long nanos, List<Instrument> instruments) {
        tape.update();
        List<String> silent = new ArrayList<>();
        for (String line : lines) {
            for (Instrument instrument : instruments) {
                String pair = instrument.symbol().toLowerCase(Locale.ROOT);
                types.forEach(type -> judge(nanos, pair + "@" + type, line, silent));
            }
            INDICES.forEach(index -> judge(nanos, index, line, silent));
        }
        judge(nanos, "rest/simple/price?ids=bitcoin&vs_currencies=usd", "rest", silent);
        return silent;
    }

    private void judge(long nanos, String stream, String line, List<String> silent) {
        if (tape.newestNanos(stream, line) <= nanos) {
            silent.add(stream + " on " + line);
        }
    }
}
