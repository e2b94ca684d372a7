package io.tapeline.benchmarks.decoding;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.DepthUpdate;
import io.tapeline.schemas.wire.BookEventCodec;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The clean topics' codecs: what a record costs after it was decoded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WireBenchmark {

    private final BookEventCodec books = new BookEventCodec();
    private final CandleCodec candles = new CandleCodec();
    private BookEvent[] deltas = {};
    private Candle[] closed = {};
    private byte[][] deltaBytes = {};
    private byte[][] candleBytes = {};
    private int next;

    @Setup
    public void prepare() throws MalformedPayload {
        SyntheticPayloads payloads = new SyntheticPayloads(20_261_121);
        PayloadDecoder decoder = new PayloadDecoder.Scanner();
        deltas = new BookEvent[64];
        closed = new Candle[deltas.length];
        deltaBytes = new byte[deltas.length][];
        candleBytes = new byte[deltas.length][];
        for (int i = 0; i < deltas.length; i++) {
            DepthUpdate update = (DepthUpdate) decoder.depthUpdate(payloads.depthUpdate());
            deltas[i] =
                    new BookEvent.Delta(
                            update.instrument(),
                            update.eventTime(),
                            update.firstUpdateId(),
                            update.finalUpdateId(),
                            update.firstUpdateId() - 1,
                            update.bids(),
                            update.asks());
            closed[i] = decoder.kline(payloads.kline());
            deltaBytes[i] = books.encode(deltas[i]);
            candleBytes[i] = candles.encode(closed[i]);
        }
    }

    private int next() {
        next = (next + 1) % deltas.length;
        return next;
    }

    @Benchmark
    public byte[] encodeDelta() {
        return books.encode(deltas[next()]);
    }

    @Benchmark
    public BookEvent decodeDelta() throws MalformedPayload {
        return books.decode(deltaBytes[next()]);
    }

    @Benchmark
    public byte[] encodeCandle() {
        return candles.encode(closed[next()]);
    }

    @Benchmark
    public Candle decodeCandle() throws MalformedPayload {
        return candles.decode(candleBytes[next()]);
    }
}
