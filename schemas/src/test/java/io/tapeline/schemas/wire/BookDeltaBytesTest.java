package io.tapeline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.BookEvent;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Levels;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Written by hand and through messages, a delta has the same bytes. */
class BookDeltaBytesTest {

    private static final long SEED = 20_261_121;
    private static final int ROUNDS = 5_000;

    private final Random random = new Random(SEED);

    @Test
    void areThoseThatProtobufMakes() {
        for (int round = 0; round < ROUNDS; round++) {
            BookEvent.Delta delta = delta();
            assertThat(BookDeltaBytes.canWrite(delta)).isTrue();
            assertThat(BookDeltaBytes.of(delta))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(BookEventCodec.toProto(delta).toByteArray());
        }
    }

    @Test
    void areReadAsWhatWasWritten() throws MalformedPayload {
        BookEventCodec codec = new BookEventCodec();
        for (int round = 0; round < ROUNDS; round++) {
            BookEvent.Delta delta = delta();
            assertThat(codec.decode(codec.encode(delta)))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(
                            new BookEvent.Delta(
                                    delta.instrument(),
                                    delta.eventTime(),
                                    delta.firstUpdateId(),
                                    delta.finalUpdateId(),
                                    delta.previousUpdateId(),
                                    delta.bids().reduced(),
                                    delta.asks().reduced()));
        }
    }

    private BookEvent.Delta delta() {
        long first = 1 + anyLong();
        return new BookEvent.Delta(
                Instrument.binance(random.nextBoolean() ? "BTCUSDT" : "币安人生USDT"),
                new EpochMicros(random.nextInt(4) == 0 ? 0 : anyLong()),
                first,
                first + random.nextInt(1_000),
                first - 1,
                levels(),
                levels());
    }

    private Levels levels() {
        int size = random.nextInt(4) == 0 ? 0 : random.nextInt(300);
        long[] prices = new long[size];
        long[] quantities = new long[size];
        for (int i = 0; i < size; i++) {
            prices[i] = 1 + anyLong();
            quantities[i] = random.nextInt(3) == 0 ? 0 : anyLong();
        }
        return Levels.compact(size, random.nextInt(19), random.nextInt(19), prices, quantities);
    }

    /** Of any number of bits, up to half of the largest. */
    private long anyLong() {
        return random.nextLong() >>> (2 + random.nextInt(61));
    }
}
