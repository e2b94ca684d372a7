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
        List<IngestorJson> ingestors,
        @Schema(description = "Parts that did not answer: what is said above is without them.")
                List<Unreachable> unreachable) {

    /** One line of one venue, as one ingestor carries it, and what came by the line as a whole. */
    @Schema(name = "Line")
    public record Line(
            @Schema(example = "a") String line,
            @Schema(example = "binance") String venue,
            @Schema(
                            example = "STREAMING",
                            description =
                                    "STREAMING, CONNECTING or DOWN; UNREPORTED: records came by"
                                            + " it, but no ingestor that answers carries it")
                    String state,
            int connections,
            int streams,
            @Nullable Instant newestFrame,
            @Nullable Long newestFrameAgeMs,
            @Schema(description = "Empty where no ingestor that answers carries it.")
                    String instance,
            @Schema(
                            description =
                                    "Records that came by this line over all instances, since the"
                                            + " aggregators' start.")
                    long received,
            @Schema(description = "Those of them that were applied, no other having come before.")
                    long first,
            @Schema(
                            description =
                                    "What this line by itself did not bring, whatever others did:"
                                            + " holes in its update ids, and closed candles.")
                    long missed,
            @Schema(description = "By kind of record.") List<LineKind> kinds) {}

    /** received = first + duplicates + late + held + passedOver + malformed. */
    @Schema(name = "LineKind", description = "What came by a line of one kind.")
    public record LineKind(
            @Schema(example = "depth", description = "depth, klines or tickers") String kind,
            long received,
            long first,
            @Schema(description = "Another record had told just this.") long duplicates,
            @Schema(description = "Older than what was known.") long late,
            @Schema(description = "Waited for what goes before it.") long held,
            @Schema(description = "Told nothing that is recorded.") long passedOver,
            @Schema(description = "Could not be decoded.") long malformed,
            @Schema(description = "Of depth holes, of klines closed candles.") long missed,
            @Schema(description = "Update ids in those holes.") long missedIds) {}

    /** A part that did not answer. */
    @Schema(name = "Unreachable")
    public record Unreachable(
            @Schema(example = "aggregator", description = "aggregator or ingestor") String part,
            String address) {}

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
