package io.tapeline.ingestor.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.watchdog.Watched.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WatchdogSimulationTest {

    private static final int PAIRS = 40;
    private static final int SECONDS = 4 * 3_600;

    /** Two lines of books from lively to dead; at times one of them stops on one line. */
    @Test
    void everyStallIsFoundAndNoQuietPairIsTakenForOne() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Watched world = new Watched(WatchdogSettings.ofDefaults());
        List<Map<String, Stream>> lines = List.of(new HashMap<>(), new HashMap<>());
        Map<String, Long> ids = new HashMap<>();
        List<String> pairs = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            String name = "P" + pair;
            pairs.add(name);
            ids.put(name + "@depth", 0L);
            lines.get(0).put(name + "@depth", world.book("a", name));
            lines.get(1).put(name + "@depth", world.book("b", name));
        }
        Map<String, Integer> stalledSince = new HashMap<>();
        Set<String> found = new HashSet<>();
        int stalls = 0;
        for (int second = 0; second < SECONDS; second++) {
            // Each pair is less lively than the one before: every second down to once in an hour.
            for (int pair = 0; pair < PAIRS; pair++) {
                String stream = pairs.get(pair) + "@depth";
                if (random.nextDouble() < Math.pow(0.8, pair)) {
                    long id = ids.merge(stream, 1L, Long::sum);
                    if (!stalledSince.containsKey(stream)) {
                        of(lines.getFirst(), stream).event(id);
                    }
                    of(lines.getLast(), stream).event(id);
                }
            }
            if (second > 600 && second < SECONDS - 3_600 && random.nextInt(200) == 0) {
                String stream = pairs.get(random.nextInt(20)) + "@depth";
                if (stalledSince.putIfAbsent(stream, second) == null) {
                    stalls++;
                }
            }
            for (Finding finding : world.second()) {
                switch (finding) {
                    case Finding.Ask(Question question) -> {
                        String name = ((Question.Book) question).instrument().symbol() + "@depth";
                        world.answer(question, new Answer.NewestId(ids.getOrDefault(name, 0L)));
                    }
                    case Finding.StreamsStalled(String connection, List<String> streams) ->
                            heal(
                                    world,
                                    lines.getFirst(),
                                    connection,
                                    streams,
                                    stalledSince,
                                    found,
                                    seed);
                    case Finding.ConnectionStalled(String connection, List<String> streams) ->
                            heal(
                                    world,
                                    lines.getFirst(),
                                    connection,
                                    streams,
                                    stalledSince,
                                    found,
                                    seed);
                }
            }
        }
        assertThat(stalledSince).as("seed %s: not found", seed).isEmpty();
        assertThat(stalls).as("seed %s", seed).isGreaterThan(10);
        assertThat(found).as("seed %s", seed).isNotEmpty();
    }

    private static void heal(
            Watched world,
            Map<String, Stream> line,
            String connection,
            List<String> streams,
            Map<String, Integer> stalledSince,
            Set<String> found,
            long seed) {
        assertThat(connection).as("seed %s", seed).isEqualTo("a/0");
        assertThat(stalledSince.keySet()).as("seed %s: stalled", seed).containsAll(streams);
        streams.forEach(stream -> {
            stalledSince.remove(stream);
            found.add(stream);
            world.subscribedAgain(of(line, stream));
        });
    }

    private static Stream of(Map<String, Stream> line, String stream) {
        return Objects.requireNonNull(line.get(stream));
    }
}
