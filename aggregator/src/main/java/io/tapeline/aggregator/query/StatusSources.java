package io.tapeline.aggregator.query;

import io.tapeline.aggregator.topology.FlowCounters;
import io.tapeline.schemas.proto.PartitionLag;
import java.util.List;
import java.util.function.Supplier;

/** Where a status takes what the stores do not tell. */
public record StatusSources(
        FlowCounters counters, Supplier<List<PartitionLag>> lags, Restorations restorations) {}
