package io.tapeline.exchange.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Faults and when they begin: a text with one fault a line, {@code <offset> <name> key=value ...}.
 * The offset counts from the beginning of the script and may be left out, for at once; {@code #}
 * begins a comment.
 */
public record FaultScript(List<Line> lines) {

    private static final FaultScript EMPTY = new FaultScript(List.of());

    /**
     * @param offset since the beginning of the script
     */
    public record Line(Duration offset, Fault fault) {
        public Line {
            Requirement.notNegative("FaultScript.Line.offset", offset);
        }
    }

    public FaultScript {
        lines = List.copyOf(lines);
    }

    public static FaultScript empty() {
        return EMPTY;
    }

    /**
     * Understands the text.
     *
     * @throws IllegalArgumentException with a line for each line that is wrong: its number, what is
     *     wrong with it, and what is allowed
     */
    public static FaultScript parse(String text) {
        List<Line> lines = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        List<String> written = text.lines().toList();
        for (int i = 0; i < written.size(); i++) {
            String line = written.get(i).replaceFirst("(^|\\s)#.*$", "").strip();
            try {
                if (!line.isEmpty()) {
                    lines.add(line(new ArrayList<>(Arrays.asList(line.split("\\s+")))));
                }
            } catch (IllegalArgumentException e) {
                complaints.add("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", complaints));
        }
        return new FaultScript(lines);
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException see {@link #parse}
     */
    public static FaultScript read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    private static Line line(List<String> words) {
        Duration offset = Duration.ZERO;
        if (!Character.isLetter(words.getFirst().charAt(0))) {
            String text = words.removeFirst();
            try {
                offset = TimeSpan.parse(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the offset " + e.getMessage(), e);
            }
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no fault is named; known: " + known());
        }
        String name = words.removeFirst();
        FaultKind kind = FaultKind.of(name);
        if (kind == null) {
            throw new IllegalArgumentException("unknown fault " + name + "; known: " + known());
        }
        try {
            return new Line(offset, kind.make(words));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static String known() {
        return String.join(", ", FaultKind.names());
    }
}
