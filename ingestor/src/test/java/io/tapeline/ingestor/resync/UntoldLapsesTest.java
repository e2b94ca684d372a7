package io.tapeline.ingestor.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.resync.UntoldLapses.Admission;
import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UntoldLapsesTest {

    private final UntoldLapses untold = new UntoldLapses(3);

    @Test
    void whatComesWhileOneIsToldIsToldAfterItAsOneFromTheEarliestToTheLatest() {
        assertThat(untold.add(lapse("a", 10, 20))).isEqualTo(Admission.TELL);
        assertThat(untold.add(lapse("a", 50, 60))).isEqualTo(Admission.MERGED);
        assertThat(untold.add(lapse("a", 30, 40))).isEqualTo(Admission.MERGED);
        assertThat(untold.told(lapse("a", 10, 20))).isEqualTo(lapse("a", 30, 60));
        assertThat(untold.told(lapse("a", 30, 60))).isNull();
        assertThat(untold.size()).isZero();
    }

    @Test
    void whatCouldNotBeToldIsToldAgainWithWhatCameMeanwhile() {
        untold.add(lapse("a", 10, 20));
        assertThat(untold.again(lapse("a", 10, 20))).isEqualTo(lapse("a", 10, 20));
        untold.add(lapse("a", 30, 40));
        assertThat(untold.again(lapse("a", 10, 20))).isEqualTo(lapse("a", 10, 40));
        assertThat(untold.told(lapse("a", 10, 40))).isNull();
    }

    @Test
    void interruptionsWithoutEndTakeNoMoreRoomThanTheFirst() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(untold.add(lapse("a", i, i + 1))).isNotEqualTo(Admission.FULL);
            assertThat(untold.add(lapse("b", i, i + 1))).isNotEqualTo(Admission.FULL);
        }
        assertThat(untold.size()).isEqualTo(2);
        assertThat(untold.again(lapse("a", 0, 1))).isEqualTo(lapse("a", 0, 100_000));
    }

    @Test
    void theFirstTimeOfAStreamIsNotMixedWithItsLapses() {
        Lapse first = new Lapse("a", STREAM, Optional.empty(), at(5), "start");
        assertThat(untold.add(first)).isEqualTo(Admission.TELL);
        assertThat(untold.add(lapse("a", 10, 20))).isEqualTo(Admission.TELL);
        assertThat(untold.again(first)).isEqualTo(first);
        assertThat(untold.told(lapse("a", 10, 20))).isNull();
        assertThat(untold.size()).isEqualTo(1);
    }

    @Test
    void whereThereIsNoRoomItIsSaid() {
        untold.add(lapse("a", 1, 2));
        untold.add(lapse("b", 1, 2));
        untold.add(lapse("c", 1, 2));
        assertThat(untold.add(lapse("d", 1, 2))).isEqualTo(Admission.FULL);
        assertThat(untold.add(lapse("a", 3, 4))).isEqualTo(Admission.MERGED);
    }

    private static final StreamKey STREAM =
            new StreamKey(Instrument.binance("BTCUSDT"), EventKind.TICKERS, Optional.empty());

    private static Lapse lapse(String line, long from, long to) {
        return new Lapse(line, STREAM, Optional.of(at(from)), at(to), "connection lost");
    }

    private static EpochMicros at(long seconds) {
        return new EpochMicros(seconds * 1_000_000);
    }
}
