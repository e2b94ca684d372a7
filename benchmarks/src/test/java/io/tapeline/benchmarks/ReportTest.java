package io.tapeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void aTaskIsComparedWithItsFirstRow() {
        Answer answer =
                new Answer(
                        List.of("Seed 1."),
                        List.of(
                                Answer.compared(
                                        "rounds",
                                        List.of(
                                                Answer.Row.ofRounds("drain", "limit", "/s", 3, 1),
                                                Answer.Row.of("drain", "ours", "/s", 1)))));
        Suite suite = new Suite("drain", "How fast?", options -> answer);
        assertThat(Report.of(suite, LocalDate.of(2026, 11, 21), answer).lines().toList())
                .startsWith("# drain", "", "How fast?", "")
                .endsWith(
                        "Seed 1.",
                        "",
                        "| | | median | rounds | against the first |",
                        "|---|---|---:|---:|---:|",
                        "| drain | limit | 2.00 /s | 1.00 to 3.00 | |",
                        "| drain | ours | 1.00 /s | | 0.50 |");
    }
}
