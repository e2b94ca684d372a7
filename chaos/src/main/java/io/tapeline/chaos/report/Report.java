package io.tapeline.chaos.report;

import io.tapeline.chaos.fault.Kind;
import io.tapeline.chaos.plan.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run in Markdown. */
public final class Report {

    private final long seed;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    public Report(long seed) {
        this.seed = seed;
    }

    public void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** In order of the rounds. */
    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** A sentence that stands below the tables. */
    public void remark(String sentence) {
        remarks.add(sentence);
    }

    public boolean isClean() {
        return outcomes.stream().noneMatch(Outcome.Failed.class::isInstance);
    }

    /** Of rounds that were survived. */
    public int faultsSurvived() {
        return survived().stream().mapToInt(one -> one.round().parts().size()).sum();
    }

    private List<Outcome.Survived> survived() {
        return outcomes.stream()
                .filter(Outcome.Survived.class::isInstance)
                .map(Outcome.Survived.class::cast)
                .toList();
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, text());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("# Chaos, seed ").append(seed).append("\n\n");
        text.append("Survived: ")
                .append(faultsSurvived())
                .append(" faults in ")
                .append(survived().size())
                .append(" rounds; not survived: ")
                .append(outcomes.size() - survived().size())
                .append(" rounds.\n\n");
        kinds(text);
        rounds(text);
        remarks.forEach(remark -> text.append("- ").append(remark).append('\n'));
        return text.toString();
    }

    private void kinds(StringBuilder text) {
        text.append("Recovery, in seconds from the end of the (last) cause:\n\n");
        text.append(
                "| kind | alone | median | longest | in combinations | longest there | what |"
                        + " stands for |\n");
        text.append("|---|---:|---:|---:|---:|---:|---|---|\n");
        for (Kind kind : Kind.values()) {
            List<Duration> alone = recoveries(kind, false);
            List<Duration> together = recoveries(kind, true);
            if (alone.isEmpty() && together.isEmpty()) {
                continue;
            }
            text.append("| ").append(word(kind));
            text.append(" | ").append(alone.size());
            text.append(" | ").append(alone.isEmpty() ? "" : seconds(alone.get(alone.size() / 2)));
            text.append(" | ").append(alone.isEmpty() ? "" : seconds(alone.getLast()));
            text.append(" | ").append(together.size());
            text.append(" | ").append(together.isEmpty() ? "" : seconds(together.getLast()));
            text.append(" | ").append(kind.what());
            text.append(" | ").append(kind.standsFor()).append(" |\n");
        }
        text.append('\n');
    }

    /** Shortest first; a round with two faults of the kind counts for both. */
    private List<Duration> recoveries(Kind kind, boolean combined) {
        return survived().stream()
                .filter(one -> one.round().isCombination() == combined)
                .flatMap(one ->
                        one.round().parts().stream()
                                .filter(part -> part.fault().kind() == kind)
                                .map(_ -> one.recovery()))
                .sorted()
                .toList();
    }

    private void rounds(StringBuilder text) {
        text.append(
                "| round | faults | recovered in | sent | explained by the ledger of gaps | gaps |"
                        + " open |\n");
        text.append("|---:|---|---:|---:|---:|---:|---:|\n");
        for (Outcome outcome : outcomes) {
            Round round = outcome.round();
            text.append("| ").append(round.number()).append(" | ").append(round.words());
            text.append(
                    switch (outcome) {
                        case Outcome.Survived survived ->
                                " | %s | %d | %d | %d | %d |%n"
                                        .formatted(
                                                seconds(survived.recovery()),
                                                survived.verdict().compared(),
                                                survived.verdict().explained(),
                                                survived.verdict().gaps(),
                                                survived.verdict().openGaps());
                        case Outcome.Failed failed ->
                                " | not: "
                                        + failed.finding().replace("|", "\\|").replace("\n", " ")
                                        + " | | | | |\n";
                    });
        }
        text.append('\n');
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
    }
}
