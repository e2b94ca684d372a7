package io.tapeline.query.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.query.Await;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RoomsTest {

    @Test
    void aFullRoomTakesNothingFromAnother() {
        Rooms rooms =
                new Rooms(
                        Map.of(
                                Room.STATE, new RoomSize(2, Duration.ZERO),
                                Room.HISTORY, new RoomSize(1, Duration.ZERO)));
        assertThat(rooms.enter(Room.HISTORY)).isTrue();
        assertThat(rooms.enter(Room.HISTORY)).isFalse();
        assertThat(rooms.enter(Room.STATE)).isTrue();
        assertThat(rooms.enter(Room.STATE)).isTrue();
        assertThat(rooms.enter(Room.STATE)).isFalse();
        assertThat(rooms.inside(Room.STATE)).isEqualTo(2);
        rooms.leave(Room.HISTORY);
        assertThat(rooms.enter(Room.HISTORY)).isTrue();
    }

    @Test
    void whatHasNoSizeIsNeverFull() {
        Rooms rooms = new Rooms(Map.of());
        for (int i = 0; i < 10_000; i++) {
            assertThat(rooms.enter(Room.LIVE)).isTrue();
        }
        rooms.leave(Room.LIVE);
        assertThat(rooms.inside(Room.LIVE)).isZero();
    }

    @Test
    void aPatientQuestionGetsThePlaceThatIsLeft() {
        Rooms rooms = new Rooms(Map.of(Room.LISTS, new RoomSize(1, Duration.ofMinutes(1))));
        assertThat(rooms.enter(Room.LISTS)).isTrue();
        CompletableFuture<Boolean> second =
                CompletableFuture.supplyAsync(
                        () -> rooms.enter(Room.LISTS), Thread::startVirtualThread);
        assertThat(second).isNotDone();
        rooms.leave(Room.LISTS);
        Await.until("the second is in", second::isDone);
        assertThat(second.join()).isTrue();
    }

    @Test
    void patienceEnds() {
        Rooms rooms = new Rooms(Map.of(Room.LISTS, new RoomSize(1, Duration.ofMillis(1))));
        assertThat(rooms.enter(Room.LISTS)).isTrue();
        assertThat(rooms.enter(Room.LISTS)).isFalse();
    }
}
