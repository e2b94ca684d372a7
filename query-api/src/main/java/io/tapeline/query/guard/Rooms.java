package io.tapeline.query.guard;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many questions of each kind are worked on at a time. By Little's law places divided by the
 * rate are the latency at saturation: few places for costly questions keep it short, and a short
 * line before them evens out bursts; whoever would wait longer is told so at once. Thread-safe.
 */
final class Rooms {

    /** How many wait for each place. */
    private static final int WAITING_FOR_EACH = 4;

    private record Door(Semaphore places, AtomicInteger waiting, RoomSize size) {}

    private final Map<Room, Door> doors = new EnumMap<>(Room.class);

    /** Rooms without a size are not bounded. */
    Rooms(Map<Room, RoomSize> sizes) {
        sizes.forEach((room, size) ->
                doors.put(
                        room,
                        new Door(new Semaphore(size.places(), true), new AtomicInteger(), size)));
    }

    /** Whoever gets true leaves by {@link #leave}. */
    boolean enter(Room room) {
        Door door = doors.get(room);
        return door == null || door.places().tryAcquire() || waits(door);
    }

    private static boolean waits(Door door) {
        RoomSize size = door.size();
        if (size.patience().isZero()) {
            return false;
        }
        try {
            return door.waiting().incrementAndGet() <= WAITING_FOR_EACH * size.places()
                    && door.places().tryAcquire(size.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            door.waiting().decrementAndGet();
        }
    }

    void leave(Room room) {
        Door door = doors.get(room);
        if (door != null) {
            door.places().release();
        }
    }

    /** Questions of the kind that are being worked on; 0 where it is not bounded. */
    int inside(Room room) {
        @Nullable Door door = doors.get(room);
        return door == null ? 0 : door.size().places() - door.places().availablePermits();
    }
}
