package io.tapeline.aggregator.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The recorded BTCUSDT diffs, and the snapshot that they begin from. */
final class Recording {

    private static final String DIFF = "{\"stream\":\"btcusdt@depth@100ms\",\"data\":";

    final List<String> diffs = new ArrayList<>();
    String snapshot = "";

    static Recording read() throws IOException {
        String told = System.getenv("TAPELINE_DATA");
        Path folder =
                Path.of(told == null ? "../shared/data" : told).resolve("binance-spot-btcusdt");
        Recording recording = new Recording();
        for (String file : List.of("btcusdt_20240808.gz", "btcusdt_20240809.gz")) {
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    new GZIPInputStream(Files.newInputStream(folder.resolve(file))),
                                    StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String text = line.substring(line.indexOf(' ') + 1);
                    if (text.startsWith(DIFF)) {
                        recording.diffs.add(text.substring(DIFF.length(), text.length() - 1));
                    } else if (text.startsWith("{\"lastUpdateId\"")) {
                        recording.snapshot = text;
                    }
                }
            }
        }
        return recording;
    }
}
