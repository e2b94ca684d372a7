package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the installation does. */
@Schema(name = "Status", description = "How the installation does.")
public record StatusJson(
        @Schema(description = "Connections to the exchanges.") List<Line> lines,
        @Schema(example = "{\"LIVE\": 1502, \"RESYNCING\": 1}", description = "Books by state.")
                Map<String, Long> books,
        Lag lag,
        Freshness freshness,
        @Schema(example = "1503", description = "Instruments in the registry.") int instruments,
        History history,
        List<AggregatorJson> aggregators,
        List<IngestorJson> ingestors) {

    /** One line of one venue. */
    @Schema(name = "Line")
    public record Line(
            @Schema(example = "a") String line,
            @Schema(example = "binance") String venue,
            @Schema(example = "STREAMING", description = "STREAMING, CONNECTING or DOWN")
                    String state,
            int connections,
            int streams,
            @Nullable Instant newestFrame,
            @Nullable Long newestFrameAgeMs,
            String instance) {}

    /** How many records the aggregators have still to work on; null: no aggregator answers. */
    @Schema(name = "Lag")
    public record Lag(@Nullable Long records, List<PartitionLag> partitions) {}

    /** Of one raw partition. */
    @Schema(name = "PartitionLag")
    public record PartitionLag(
            String topic, int partition, long position, long end, long lag, String instance) {}

    /** The newest event that is in the state. */
    @Schema(name = "Freshness")
    public record Freshness(@Nullable Instant newestEvent, @Nullable Long ageMs) {}

    /** How recording does. */
    @Schema(name = "HistoryStatus")
    public record History(
            @Schema(example = "RECORDING", description = "RECORDING, WAITING, FAILING or FAILED")
                    String state,
            @Nullable String why,
            @Nullable Instant since,
            long candles,
            long prices,
            long gaps,
            long deadLetters,
            long missed) {}

    /** One aggregator. */
    @Schema(name = "AggregatorStatus")
    public record AggregatorJson(
            String address,
            String instance,
            @Schema(example = "RUNNING") String state,
            int prices,
            Map<String, Long> counters) {}

    /** One ingestor. */
    @Schema(name = "IngestorStatus")
    public record IngestorJson(String address, String instance, Map<String, Long> counters) {}
}
