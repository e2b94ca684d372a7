package io.tapeline.aggregator.book;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which levels of a side a volume counts, by their price: at it, at most it, at least it. */
public enum VolumeOperator {
    EQ,
    LTE,
    GTE;

    /**
     * @param id {@code eq}, {@code lte} or {@code gte}
     * @throws IllegalArgumentException naming what is allowed
     */
    public static VolumeOperator of(String id) {
        for (VolumeOperator operator : values()) {
            if (operator.id().equals(id)) {
                return operator;
            }
        }
        throw new IllegalArgumentException(
                "operator: \""
                        + id
                        + "\" is not one of "
                        + Arrays.stream(values())
                                .map(VolumeOperator::id)
                                .collect(Collectors.joining(", ")));
    }

    public String id() {
        return switch (this) {
            case EQ -> "eq";
            case LTE -> "lte";
            case GTE -> "gte";
        };
    }
}
