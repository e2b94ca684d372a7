package io.tapeline.ingestor.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Venue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriedTest {

    private final Carriage carriage = new Carriage();

    @Test
    void theNoteTravelsAsText() {
        Map<Venue, Carried> venues =
                Map.of(
                        Venue.DERIBIT, carried(3, 4),
                        Venue.BINANCE, carried(1, 2));
        assertThat(Carried.toText(venues)).isEqualTo("1 binance 1000 2000 deribit 3000 4000");
        assertThat(Carried.fromText(Carried.toText(venues))).contains(venues);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "2 binance 1 2", "1 binance 1", "1 binance 2 1", "1 mars 1 2"})
    void anotherFormIsNoNote(String text) {
        assertThat(Carried.fromText(text)).isEmpty();
    }

    @Test
    void timeStandsStillForAsLongAsSomethingIsNotCarried() {
        carriage.assigned(0, null, at(10));
        carriage.advance(Streaming.ALL, at(20));
        assertThat(carriage.of(0)).contains(carried(10, 20));
        carriage.advance(Streaming.NOT_ALL, at(30));
        carriage.advance(Streaming.NOT_ALL, at(100_000));
        assertThat(carriage.of(0)).contains(carried(10, 20));
        carriage.advance(Streaming.ALL, at(100_001));
        assertThat(carriage.of(0)).contains(carried(10, 100_001));
    }

    @Test
    void aNewOwnerGoesOnFromWhereTheLastOneEnded() {
        carriage.assigned(0, carried(1, 12), at(10));
        assertThat(carriage.before(0)).contains(at(12));
        carriage.advance(Streaming.ALL, at(11));
        assertThat(carriage.of(0)).contains(carried(1, 12));
        carriage.advance(Streaming.ALL, at(13));
        assertThat(carriage.of(0)).contains(carried(1, 13));
    }

    private static Carried carried(long since, long until) {
        return new Carried(at(since), at(until));
    }

    private static EpochMicros at(long seconds) {
        return new EpochMicros(seconds * 1_000_000);
    }
}
