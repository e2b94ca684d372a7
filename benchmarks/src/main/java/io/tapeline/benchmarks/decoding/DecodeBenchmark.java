package io.tapeline.benchmarks.decoding;

import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.DepthMessage;
import io.tapeline.schemas.market.Ticker;
import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One payload to one market type. Payloads differ from call to call, so that no branch is learnt by
 * heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

    private static final int PAYLOADS = 256;

    @Param({"scanner", "jackson", "dsl-json"})
    public String reader = "scanner";

    private PayloadDecoder decoder = new PayloadDecoder.Scanner();
    private RawRecord[] depthUpdates = {};
    private RawRecord[] klines = {};
    private RawRecord[] tickers = {};
    private int next;

    @Setup
    public void prepare() {
        decoder =
                switch (reader) {
                    case "scanner" -> new PayloadDecoder.Scanner();
                    case "jackson" -> new JacksonDecoder();
                    case "dsl-json" -> new DslJsonDecoder();
                    default -> throw new IllegalArgumentException("reader: " + reader);
                };
        SyntheticPayloads payloads = new SyntheticPayloads(20_261_121);
        depthUpdates = many(payloads::depthUpdate);
        klines = many(payloads::kline);
        tickers = many(payloads::ticker);
    }

    private static RawRecord[] many(Supplier<RawRecord> payload) {
        RawRecord[] records = new RawRecord[PAYLOADS];
        for (int i = 0; i < PAYLOADS; i++) {
            records[i] = payload.get();
        }
        return records;
    }

    private int next() {
        next = (next + 1) % PAYLOADS;
        return next;
    }

    @Benchmark
    public DepthMessage depthUpdate() throws MalformedPayload {
        return decoder.depthUpdate(depthUpdates[next()]);
    }

    @Benchmark
    public Candle kline() throws MalformedPayload {
        return decoder.kline(klines[next()]);
    }

    @Benchmark
    public Ticker ticker() throws MalformedPayload {
        return decoder.ticker(tickers[next()]);
    }
}
