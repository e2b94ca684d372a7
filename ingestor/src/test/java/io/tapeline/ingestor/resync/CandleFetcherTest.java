package io.tapeline.ingestor.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CandleFetcherTest {

    @Test
    void candlesThatBeginAfterTheRangeLackItsBeginning() {
        assertThat(reaches(10, 4, 10, 11, 12)).isTrue();
        assertThat(reaches(10, 4, 9, 10, 11)).isTrue();
        assertThat(reaches(10, 4, 11, 12, 13)).isFalse();
    }

    @Test
    void fewerThanWereAskedForAreAllThereAre() {
        assertThat(reaches(10, 4, 12, 13)).isTrue();
        assertThat(reaches(10, 4)).isTrue();
    }

    private static boolean reaches(long from, int asked, long... openTimes) {
        return CandleFetcher.reaches(
                new EpochMicros(from),
                asked,
                Arrays.stream(openTimes).mapToObj(EpochMicros::new).toList());
    }
}
