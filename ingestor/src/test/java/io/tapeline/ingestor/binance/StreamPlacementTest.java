package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamPlacementTest {

    @Test
    void connectionsAreFilledOneAfterTheOther() {
        assertThat(new StreamPlacement(2).place(Set.of("a", "b", "c")))
                .isEqualTo(List.of(Set.of("a", "b"), Set.of("c")));
    }

    @Test
    void aStreamStaysWhereItIsAndANewOneTakesTheRoomOfOneThatLeft() {
        StreamPlacement placement = new StreamPlacement(2);
        placement.place(Set.of("a", "b", "c"));
        assertThat(placement.place(Set.of("b", "c", "d")))
                .isEqualTo(List.of(Set.of("b", "d"), Set.of("c")));
        assertThat(placement.place(Set.of("c"))).isEqualTo(List.of(Set.of(), Set.of("c")));
    }

    @Test
    void moreThanTheExchangeAllowsIsRefused() {
        assertThatThrownBy(() -> new StreamPlacement(1025))
                .hasMessage("streams per connection: 1025 is not 1 to 1024");
    }
}
