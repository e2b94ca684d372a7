package io.tapeline.query.web;

import io.tapeline.schemas.proto.AggregatorStatus;
import io.tapeline.schemas.proto.IngestorStatus;
import io.tapeline.schemas.proto.LineCounts;
import io.tapeline.schemas.proto.LineStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Joins what the ingestors say of their lines with what the aggregators counted of each. */
final class LineReport {

    /** The line of what was asked for: not a connection, unless an ingestor says that it is. */
    private static final String ASKED_FOR = "rest";

    private static final String UNREPORTED = "UNREPORTED";

    private final Map<Name, Map<String, StatusJson.LineKind>> counted = new TreeMap<>();
    private final Clock clock;

    private record Name(String venue, String line) implements Comparable<Name> {

        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::venue).thenComparing(Name::line);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    LineReport(Collection<AggregatorStatus> aggregators, Clock clock) {
        this.clock = clock;
        for (AggregatorStatus aggregator : aggregators) {
            for (LineCounts counts : aggregator.getLinesList()) {
                counted.computeIfAbsent(
                                new Name(counts.getVenue(), counts.getLine()),
                                name -> new TreeMap<>())
                        .merge(counts.getKind(), kind(counts), LineReport::sum);
            }
        }
    }

    /** Those that ingestors carry, then those that none does of which there are records. */
    List<StatusJson.Line> lines(Collection<IngestorStatus> ingestors) {
        List<StatusJson.Line> lines = new ArrayList<>();
        Map<Name, Map<String, StatusJson.LineKind>> unreported = new TreeMap<>(counted);
        for (IngestorStatus ingestor : ingestors) {
            for (LineStatus line : ingestor.getLinesList()) {
                unreported.remove(new Name(line.getVenue(), line.getLine()));
                lines.add(line(line, ingestor.getInstance()));
            }
        }
        for (Name name : unreported.keySet()) {
            if (!name.line().equals(ASKED_FOR)) {
                lines.add(
                        line(
                                LineStatus.newBuilder()
                                        .setVenue(name.venue())
                                        .setLine(name.line())
                                        .setState(UNREPORTED)
                                        .build(),
                                ""));
            }
        }
        return lines;
    }

    private StatusJson.Line line(LineStatus line, String instance) {
        List<StatusJson.LineKind> kinds =
                List.copyOf(
                        counted.getOrDefault(new Name(line.getVenue(), line.getLine()), Map.of())
                                .values());
        return new StatusJson.Line(
                line.getLine(),
                line.getVenue(),
                line.getState(),
                line.getConnections(),
                line.getStreams(),
                Trusted.time(line.getNewestFrameUs()),
                Trusted.ageMs(line.getNewestFrameUs(), clock),
                instance,
                kinds.stream().mapToLong(StatusJson.LineKind::received).sum(),
                kinds.stream().mapToLong(StatusJson.LineKind::first).sum(),
                kinds.stream().mapToLong(StatusJson.LineKind::missed).sum(),
                kinds);
    }

    private static StatusJson.LineKind kind(LineCounts counts) {
        return new StatusJson.LineKind(
                counts.getKind(),
                counts.getReceived(),
                counts.getFirst(),
                counts.getDuplicates(),
                counts.getLate(),
                counts.getHeld(),
                counts.getPassedOver(),
                counts.getMalformed(),
                counts.getMissed(),
                counts.getMissedIds());
    }

    private static StatusJson.LineKind sum(StatusJson.LineKind a, StatusJson.LineKind b) {
        return new StatusJson.LineKind(
                a.kind(),
                a.received() + b.received(),
                a.first() + b.first(),
                a.duplicates() + b.duplicates(),
                a.late() + b.late(),
                a.held() + b.held(),
                a.passedOver() + b.passedOver(),
                a.malformed() + b.malformed(),
                a.missed() + b.missed(),
                a.missedIds() + b.missedIds());
    }
}
