package io.tapeline.ingestor.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EnvelopeTest {

    private static final List<String> MESSAGES =
            List.of(
                    "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1,"
                            + "\"s\":\"BTCUSDT\",\"U\":157,\"u\":160,\"b\":[[\"0.0024\",\"10\"]],"
                            + "\"a\":[]}}",
                    "{\"stream\":\"!miniTicker@arr\",\"data\":[{\"s\":\"A\"},{\"s\":\"B\\\"}]\"}]}",
                    "{\"stream\":\"币安usdt@ticker\",\"data\":{\"s\":\"币安USDT\",\"c\":\"1.0\"}}",
                    "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1}}",
                    "{ \"data\" : {\"a\":[1,2]} , \"new\":null, \"stream\" : \"a@b\" }",
                    "{\"result\":null,\"id\":1}",
                    "{\"code\":2,\"msg\":\"Invalid request: \\\"stream\\\":\\\"x\\\"\"}");

    private static final JsonMapper STRICT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    @Test
    void theDataIsTakenOutVerbatim() {
        assertThat(MESSAGES.subList(0, 5).stream().map(EnvelopeTest::read).toList())
                .containsExactly(
                        Optional.of(
                                new Parts(
                                        "btcusdt@depth@100ms",
                                        "{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":157,"
                                            + "\"u\":160,\"b\":[[\"0.0024\",\"10\"]],\"a\":[]}")),
                        Optional.of(
                                new Parts(
                                        "!miniTicker@arr", "[{\"s\":\"A\"},{\"s\":\"B\\\"}]\"}]")),
                        Optional.of(new Parts("币安usdt@ticker", "{\"s\":\"币安USDT\",\"c\":\"1.0\"}")),
                        Optional.of(
                                new Parts("!serverShutdown", "{\"e\":\"serverShutdown\",\"E\":1}")),
                        Optional.of(new Parts("a@b", "{\"a\":[1,2]}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":null,\"id\":1}",
                "{\"stream\":\"a\"}",
                "{\"data\":{}}",
                "{\"stream\":1,\"data\":{}}",
                "{\"stream\":\"a\",\"data\":{}",
                "{\"stream\":\"a\",\"data\":{}}}",
                "{\"stream\":\"a\",\"data\":{}}x",
                "{\"stream\":\"a\",\"data\":}",
                "[]",
                "",
                "{"
            })
    void whatIsNoEnvelopeIsNotReadAsOne(String message) {
        assertThat(read(message)).isEmpty();
    }

    @Test
    void aMemberAfterTheDataIsNotPartOfIt() {
        assertThat(read("{\"stream\":\"a\",\"data\":{\"b\":1},\"more\":{\"c\":2}}"))
                .contains(new Parts("a", "{\"b\":1}"));
    }

    @Test
    void everyPrefixOfAMessageIsRefused() {
        for (String message : MESSAGES) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(new Envelope().read(Arrays.copyOf(bytes, length), 0, length))
                        .as("%s bytes of %s", length, message)
                        .isFalse();
            }
        }
    }

    /** Whatever a strict parser accepts is read as it reads it; nothing makes the scanner fail. */
    @Test
    void mutatedMessagesAreReadAsAParserReadsThem() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int accepted = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] mutated = mutate(MESSAGES.get(random.nextInt(MESSAGES.size())), random);
            String text = new String(mutated, StandardCharsets.UTF_8);
            Optional<JsonNode> tree = parse(mutated);
            Optional<Parts> parts = read(mutated);
            if (tree.isPresent()) {
                JsonNode stream = tree.get().path("stream");
                JsonNode data = tree.get().path("data");
                boolean envelope =
                        tree.get().isObject() && stream.isString() && !data.isMissingNode();
                assertThat(parts.isPresent()).as("seed %s: %s", seed, text).isEqualTo(envelope);
                if (envelope && !text.contains("\\u")) {
                    accepted++;
                    assertThat(parse(parts.orElseThrow().data.getBytes(StandardCharsets.UTF_8)))
                            .as("seed %s: %s", seed, text)
                            .contains(data);
                }
            }
        }
        assertThat(accepted).as("seed %s", seed).isGreaterThan(1_000);
    }

    private static byte[] mutate(String message, SplittableRandom random) {
        byte[] alphabet = "{}[]\",:\\ 0ax\n".getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            int at = random.nextInt(bytes.length);
            byte other = alphabet[random.nextInt(alphabet.length)];
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = other;
                case 1 -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    longer[at] = other;
                    bytes = longer;
                }
                default -> {
                    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
                    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
                    bytes = shorter;
                }
            }
        }
        return bytes;
    }

    private record Parts(String stream, String data) {}

    private static Optional<Parts> read(String message) {
        return read(message.getBytes(StandardCharsets.UTF_8));
    }

    /** With other bytes around it, which must not matter. */
    private static Optional<Parts> read(byte[] message) {
        byte[] around = new byte[message.length + 4];
        Arrays.fill(around, (byte) '}');
        System.arraycopy(message, 0, around, 2, message.length);
        Envelope envelope = new Envelope();
        return envelope.read(around, 2, 2 + message.length)
                ? Optional.of(
                        new Parts(
                                text(around, envelope.streamFrom(), envelope.streamTo()),
                                text(around, envelope.dataFrom(), envelope.dataTo())))
                : Optional.empty();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static Optional<JsonNode> parse(byte[] text) {
        try {
            return Optional.of(STRICT.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }
}
