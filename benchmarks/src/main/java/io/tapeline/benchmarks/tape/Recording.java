package io.tapeline.benchmarks.tape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The recorded BTCUSDT diffs, from the snapshot that they begin from. */
final class Recording {

    private static final String DIFF = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":";
    private static final Pattern FINAL_ID = Pattern.compile("\"u\":(\\d+)");
    private static final Pattern LAST_ID = Pattern.compile("\"lastUpdateId\":(\\d+)");

    private Recording() {}

    static DepthTape read(Path folder) throws IOException {
        List<String> all = new ArrayList<>();
        String snapshot = "";
        for (String file : List.of("btcusdt_20240808.gz", "btcusdt_20240809.gz")) {
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    new GZIPInputStream(Files.newInputStream(folder.resolve(file))),
                                    StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String text = line.substring(line.indexOf(' ') + 1);
                    if (text.startsWith(DIFF)) {
                        all.add(text.substring(DIFF.length(), text.length() - 1));
                    } else if (snapshot.isEmpty() && text.startsWith("{\"lastUpdateId\"")) {
                        snapshot = text;
                    }
                }
            }
        }
        long last = number(LAST_ID, snapshot);
        List<String> diffs = all.stream().filter(diff -> number(FINAL_ID, diff) > last).toList();
        return new DepthTape(
                "recorded diffs of BTCUSDT (2024-08-08 and 09)", "BTCUSDT", snapshot, diffs);
    }

    private static long number(Pattern member, String payload) {
        Matcher found = member.matcher(payload);
        if (!found.find()) {
            throw new IllegalArgumentException("recording: " + member + " is not in a payload");
        }
        return Long.parseLong(found.group(1));
    }
}
