package io.tapeline.schemas.market;

/**
 * The unit in which an exchange's payload gives its times. It travels with each raw record, because
 * the payload does not say it (EXCHANGES.md A.2, {@code timeUnit}).
 */
public enum ExchangeTimeUnit {
    MILLISECONDS("ms") {
        @Override
        public EpochMicros toMicros(long value) {
            return EpochMicros.ofMillis(value);
        }
    },
    MICROSECONDS("us") {
        @Override
        public EpochMicros toMicros(long value) {
            return new EpochMicros(value);
        }
    };

    private final String id;

    ExchangeTimeUnit(String id) {
        this.id = id;
    }

    public abstract EpochMicros toMicros(long value);

    /** {@code ms} or {@code us} */
    public String id() {
        return id;
    }

    public static ExchangeTimeUnit of(String id) {
        for (ExchangeTimeUnit unit : values()) {
            if (unit.id.equals(id)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("time unit: \"" + id + "\" is not one of ms, us");
    }
}
