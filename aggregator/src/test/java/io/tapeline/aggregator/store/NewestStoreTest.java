package io.tapeline.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NewestStoreTest {

    private static final long SEED = 20_261_122;

    private final KeyValueStore<Bytes, byte[]> store = NewestStore.named("prices").get();

    private static Bytes key(int number) {
        return Bytes.wrap("key-%02d".formatted(number).getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> told(KeyValueIterator<Bytes, byte[]> entries) {
        List<String> all = new ArrayList<>();
        try (entries) {
            while (entries.hasNext()) {
                Bytes ahead = entries.peekNextKey();
                KeyValue<Bytes, byte[]> entry = entries.next();
                assertThat(entry.key).isEqualTo(ahead);
                all.add(entry.key + "=" + new String(entry.value, StandardCharsets.US_ASCII));
            }
            assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
        }
        return all;
    }

    private static List<String> expected(NavigableMap<Bytes, String> map) {
        List<String> all = new ArrayList<>();
        map.forEach((key, value) -> all.add(key + "=" + value));
        return all;
    }

    @Test
    void itHoldsWhatASortedMapHolds() {
        Random random = new Random(SEED);
        NavigableMap<Bytes, String> plain = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            Bytes key = key(random.nextInt(40));
            String value = "v" + i;
            byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
            switch (random.nextInt(5)) {
                case 0 -> {
                    store.put(key, null);
                    plain.remove(key);
                }
                case 1 -> {
                    assertThat(store.delete(key)).isEqualTo(bytesOf(plain.remove(key)));
                }
                case 2 ->
                        assertThat(store.putIfAbsent(key, bytes))
                                .isEqualTo(bytesOf(plain.putIfAbsent(key, value)));
                case 3 -> {
                    store.putAll(List.of(KeyValue.pair(key, bytes)));
                    plain.put(key, value);
                }
                default -> {
                    store.put(key, bytes);
                    plain.put(key, value);
                }
            }
            assertThat(store.get(key))
                    .as("seed %d, step %d", SEED, i)
                    .isEqualTo(bytesOf(plain.get(key)));
        }
        Bytes from = key(10);
        Bytes to = key(20);
        assertThat(told(store.all())).isEqualTo(expected(plain));
        assertThat(told(store.reverseAll())).isEqualTo(expected(plain.descendingMap()));
        assertThat(told(store.range(from, to)))
                .isEqualTo(expected(plain.subMap(from, true, to, true)));
        assertThat(told(store.range(null, to))).isEqualTo(expected(plain.headMap(to, true)));
        assertThat(told(store.range(from, null))).isEqualTo(expected(plain.tailMap(from, true)));
        assertThat(told(store.reverseRange(from, to)))
                .isEqualTo(expected(plain.subMap(from, true, to, true).descendingMap()));
        assertThat(told(store.range(to, from))).isEmpty();
        assertThat(store.approximateNumEntries()).isEqualTo(plain.size());
    }

    private static byte @Nullable [] bytesOf(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whatWasMadeOfAValueGoesWithTheValue() {
        NewestStore newest = Objects.requireNonNull(NewestStore.in(store));
        store.put(key(1), new byte[] {1});
        newest.values().iterator().next().keep("made of one");
        assertThat(newest.values())
                .extracting(NewestStore.Kept::made)
                .containsExactly("made of one");

        store.put(key(1), new byte[] {2});
        assertThat(newest.values()).extracting(NewestStore.Kept::made).containsOnlyNulls();
    }

    @Test
    void whoIsGoingThroughItIsNotDisturbedByChanges() {
        store.put(key(1), new byte[] {'a'});
        store.put(key(3), new byte[] {'c'});
        KeyValueIterator<Bytes, byte[]> entries = store.all();
        entries.next();
        store.delete(key(1));
        store.put(key(4), new byte[] {'d'});
        assertThat(told(entries)).containsExactly("key-03=c", "key-04=d");
    }
}
