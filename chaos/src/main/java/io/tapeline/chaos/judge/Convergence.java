package io.tapeline.chaos.judge;

import io.tapeline.chaos.installation.Installation;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Venue;
import io.tapeline.schemas.proto.Gap;
import io.tapeline.schemas.proto.GapOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What must be true when causes are gone: all are ready, every stream flows again and both APIs are
 * up to date; what the exchange sent is in the raw topics, or the ledger of gaps says why not;
 * every book, in the clean topic and at both APIs, is the exchange's; every closed candle is once
 * in the clean topic and once in the history, with the exchange's values.
 */
public final class Convergence implements AutoCloseable {

    private static final String INTERVAL = "1s";
    private static final long INTERVAL_MILLIS = 1_000;
    private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(4);
    private static final Duration AGREES_WITHIN = Duration.ofSeconds(90);

    /** Candles are judged again for so long, in case something changes them later. */
    private static final long AGAIN_MILLIS = 120_000;

    private final Installation installation;
    private final List<Instrument> instruments;
    private final SentAndKept sent;
    private final Streams streams;
    private final CleanTape clean;
    private final Answers answers;
    private final KeptCandles kept;
    private long firstCandleMillis;
    private long fromMillis;

    public Convergence(Installation installation) {
        this.installation = installation;
        var exchange = installation.exchange();
        instruments =
                exchange.symbols().stream()
                        .map(symbol -> new Instrument(Venue.BINANCE, symbol))
                        .toList();
        sent = new SentAndKept(exchange, installation.bootstrap(), installation.topics());
        streams = new Streams(sent.tape(), installation.streamTypes(), installation.lines());
        clean = new CleanTape(exchange, installation.bootstrap(), installation.topics());
        answers = new Answers(exchange, installation.queryApis());
        kept = new KeptCandles(exchange, installation.engine());
    }

    /** To be called once everything flows: candles are judged from here on. */
    public void beginHere() {
        firstCandleMillis = (System.currentTimeMillis() / INTERVAL_MILLIS + 1) * INTERVAL_MILLIS;
        fromMillis = firstCandleMillis;
    }

    /**
     * Returns when all members are ready, every stream of every line has brought something since
     * the call, and both APIs have every book as new as the exchange had it at the call.
     *
     * @return how long that took
     * @throws Contradiction if it takes too long
     */
    public Duration awaitRecovery() throws InterruptedException {
        long begun = System.nanoTime();
        long since = System.currentTimeMillis() * 1_000_000;
        Map<Instrument, Long> updateIds = answers.updateIds(instruments);
        Patience.until(
                "recovery",
                RECOVERS_WITHIN,
                () -> {
                    String notReady = installation.notReady();
                    if (!notReady.isEmpty()) {
                        return notReady;
                    }
                    List<String> silent = streams.silentSince(since, instruments);
                    return silent.isEmpty() ? answers.fresh(updateIds) : "silent: " + silent;
                });
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /**
     * What was judged.
     *
     * @param compared payloads that the exchange sent since the last time
     * @param explained those of them that never came and that the ledger of gaps names
     * @param openGaps entries of the ledger of which nobody has said yet what became of them
     */
    public record Verdict(long compared, long explained, long gaps, long openGaps) {}

    /**
     * @param apart how far the exchange's times may be from those of whoever received
     * @throws Contradiction naming what is not as it must be
     */
    public Verdict judge(Duration apart) throws IOException, InterruptedException {
        SentAndKept.Verdict tape = sent.judge(apart);
        sent.tape().forgetOlderPayloads();
        // What closes while all is quiet is not told before the next event.
        long to =
                System.currentTimeMillis() / INTERVAL_MILLIS * INTERVAL_MILLIS
                        - 3 * INTERVAL_MILLIS;
        installation.admin().post("quiet symbol=* for=10m");
        try {
            clean.awaitBooks(instruments);
            Patience.until("books of the APIs", AGREES_WITHIN, () -> answers.exact(instruments));
            if (fromMillis <= to) {
                clean.awaitCandles(instruments, INTERVAL, fromMillis, to);
                judgeHistory(fromMillis, to);
                fromMillis = Math.max(fromMillis, to - AGAIN_MILLIS);
            }
            if (!clean.twice().isEmpty()) {
                throw new Contradiction("closed candles came twice: " + clean.twice());
            }
        } finally {
            installation.admin().endFaults();
        }
        List<Gap> gaps = new ArrayList<>();
        Patience.until(
                "the ledger of gaps",
                AGREES_WITHIN,
                () -> {
                    gaps.clear();
                    gaps.addAll(sent.gaps());
                    return "";
                });
        return new Verdict(
                tape.compared(),
                tape.explained(),
                gaps.size(),
                gaps.stream()
                        .filter(gap -> gap.getOutcome() == GapOutcome.GAP_OUTCOME_OPEN)
                        .count());
    }

    /** Every candle of the whole run, once more. */
    public void judgeWholeHistory() throws InterruptedException {
        judgeHistory(firstCandleMillis, fromMillis);
    }

    private void judgeHistory(long from, long to) throws InterruptedException {
        Patience.until(
                "candles of the history",
                AGREES_WITHIN,
                () -> kept.complaint(instruments, INTERVAL, from, to));
    }

    @Override
    public void close() {
        kept.close();
        answers.close();
        clean.close();
        sent.close();
    }
}
