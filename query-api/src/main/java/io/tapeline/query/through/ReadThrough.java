package io.tapeline.query.through;

import io.tapeline.query.through.ExchangeCandles.Reply;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Minutes of the exchange that the history does not hold. What is fetched is on its way to the
 * history; minutes that the exchange does not have are remembered. Thread-safe.
 */
public final class ReadThrough implements AutoCloseable {

    /** How far the exchange's clock and ours may differ, and how long it may take to close one. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    /** Questions that wait for each request under way: more are turned away, not piled up. */
    private static final int WAITING_FOR_EACH = 8;

    /** A minute that is missing so long after its end is not only late. */
    private static final Duration MISSING_FOR_GOOD = Duration.ofMinutes(3);

    /** Of one who asks and may not cost. */
    public static final Shortfall NO_KEY =
            new Shortfall(
                    "candles are fetched from the exchange only for those who hold an API key",
                    Duration.ofHours(1));

    private final Predicate<Instrument> served;
    private final Flights flights;
    private final Semaphore waiting;
    private final KnownEmpty empty = new KnownEmpty();
    private final ThroughLimits limits;
    private final BooleanSupplier mayCost;
    private final Clock clock;

    /**
     * What a fetch brought.
     *
     * @param minutes closed, in no order, some perhaps twice
     * @param shortfall why it is not all, null where it is
     */
    public record Fetched(List<Candle> minutes, @Nullable Shortfall shortfall) {}

    /**
     * @param served whether the exchange may be asked for an instrument's candles
     */
    public ReadThrough(
            Predicate<Instrument> served,
            ExchangeCandles exchange,
            ThroughLimits limits,
            Clock clock) {
        this(served, exchange, limits, () -> true, clock);
    }

    /**
     * @param mayCost whether the exchange may be asked on behalf of the one who asks just now
     */
    public ReadThrough(
            Predicate<Instrument> served,
            ExchangeCandles exchange,
            ThroughLimits limits,
            BooleanSupplier mayCost,
            Clock clock) {
        this.served = served;
        this.flights = new Flights(exchange, limits);
        this.waiting = new Semaphore(WAITING_FOR_EACH * limits.concurrent());
        this.limits = limits;
        this.mayCost = mayCost;
        this.clock = clock;
    }

    /** Whether the exchange may be asked for the instrument's candles, and has it. */
    public boolean serves(Instrument instrument) {
        return served.test(instrument) && !isGone(instrument);
    }

    public ThroughLimits limits() {
        return limits;
    }

    /** When a question that begins now ends. */
    public Instant deadline() {
        return clock.instant().plus(limits.timeout());
    }

    /** The end, exclusive, of the minutes that are closed by now. */
    public EpochMicros closedUntil() {
        return MinuteSpan.minuteOf(EpochMicros.of(clock.instant().minus(SETTLING)));
    }

    /** Whether the exchange has said that it does not have the instrument, or no longer. */
    public boolean isGone(Instrument instrument) {
        return empty.isGone(instrument, settled(clock.instant()));
    }

    /** How many of the span's minutes the exchange is known not to have. */
    public long empty(Instrument instrument, MinuteSpan span) {
        return empty.count(instrument, span);
    }

    /** The first minute from the given one on that the exchange may have. */
    public EpochMicros skipForward(Instrument instrument, EpochMicros minute) {
        return empty.skipForward(instrument, minute);
    }

    /** The end, exclusive, of the minutes before the given end that the exchange may have. */
    public EpochMicros skipBackward(Instrument instrument, EpochMicros end) {
        return empty.skipBackward(instrument, end);
    }

    /** Fetches what is asked for, each at most once for all who ask at the same time. */
    public Fetched fetch(List<? extends Ask> asks, Instant until) {
        if (!mayCost.getAsBoolean()) {
            return new Fetched(List.of(), NO_KEY);
        }
        if (!waiting.tryAcquire()) {
            return new Fetched(List.of(), Flights.BUSY);
        }
        try {
            return await(asks, until);
        } finally {
            waiting.release();
        }
    }

    private Fetched await(List<? extends Ask> asks, Instant until) {
        Instant now = clock.instant();
        List<Flights.Flight> begun = asks.stream().map(ask -> flights.begin(ask, now)).toList();
        List<Candle> minutes = new ArrayList<>();
        for (Flights.Flight flight : begun) {
            EpochMicros settled = settled(flight.begun());
            switch (flight.await(Duration.between(clock.instant(), until))) {
                case Reply.Found(List<Candle> found) -> {
                    List<Candle> closed = found.stream().filter(ReadThrough::isMinute).toList();
                    boolean whole = found.size() < Ask.MINUTES;
                    empty.learn(flight.ask(), closed, whole, settled);
                    minutes.addAll(closed);
                }
                case Reply.NoSuch _ -> empty.none(flight.ask().instrument(), settled);
                case Reply.NotNow(Shortfall shortfall) -> {
                    return new Fetched(minutes, shortfall);
                }
            }
        }
        return new Fetched(minutes, null);
    }

    private static EpochMicros settled(Instant asked) {
        return MinuteSpan.minuteOf(EpochMicros.of(asked.minus(MISSING_FOR_GOOD)));
    }

    private static boolean isMinute(Candle candle) {
        return candle.closed() && candle.interval() == Interval.ONE_MINUTE;
    }

    /** Requests to the exchange since the start. */
    public long requests() {
        return flights.requests();
    }

    /** Asks that another question had made already. */
    public long shared() {
        return flights.shared();
    }

    /** Requests that brought no answer. */
    public long failures() {
        return flights.failures();
    }

    @Override
    public void close() {
        flights.close();
    }
}
