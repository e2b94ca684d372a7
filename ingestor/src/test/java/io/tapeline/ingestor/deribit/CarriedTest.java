package io.tapeline.ingestor.deribit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.share.Interruption;
import io.tapeline.schemas.market.EpochMicros;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CarriedTest {

    private final Carried carried = new Carried();

    @Test
    void aChannelThatWasNeverCarriedBegins() {
        assertThat(carried.ended("x")).isEqualTo(new Interruption(Optional.empty(), "start"));
    }

    @Test
    void theFirstOfSeveralLossesIsWhereTheInterruptionBegan() {
        carried.interrupted("x", 5_000, "stalled");
        carried.interrupted("x", 9_000, "connection lost: stalled");
        assertThat(carried.ended("x"))
                .isEqualTo(new Interruption(Optional.of(new EpochMicros(5)), "stalled"));
        carried.interrupted("x", 12_000, "connection lost: closed");
        assertThat(carried.ended("x"))
                .isEqualTo(
                        new Interruption(
                                Optional.of(new EpochMicros(12)), "connection lost: closed"));
    }

    @Test
    void whatIsNoLongerWantedIsNotMissed() {
        carried.interrupted("x", 5_000, "stalled");
        carried.retain(List.of("y"));
        assertThat(carried.ended("x").carriedUntil()).isEmpty();
    }
}
