package io.tapeline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tapeline.schemas.raw.RawRecord;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Payloads broken on the way: each gives a value or a {@link MalformedPayload}. */
public final class Mutants {

    private static final int MUTANTS = 30_000;
    private static final String SYNTAX = "{}[]\",:.-+eE\\u0129 \n";

    private final Random random;

    public Mutants(Random random) {
        this.random = random;
    }

    /** A decoder under test. */
    public interface Decoder {
        Object decode(RawRecord record) throws MalformedPayload;
    }

    /** Breaks the payload in thousands of ways. */
    public void check(String payload, Function<byte[], RawRecord> record, Decoder decoder) {
        byte[] original = payload.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = original;
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                mutant = mutate(mutant);
            }
            assertThat(outcome(record.apply(mutant), decoder)).isNotNull();
        }
    }

    /** Cuts the payload short everywhere: none of these is a value. */
    public static void cutShort(
            String payload, Function<byte[], RawRecord> record, Decoder decoder) {
        byte[] whole = payload.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(outcome(record.apply(Arrays.copyOf(whole, length)), decoder))
                    .isInstanceOf(MalformedPayload.class);
        }
    }

    private static Object outcome(RawRecord record, Decoder decoder) {
        try {
            return decoder.decode(record);
        } catch (MalformedPayload e) {
            return e;
        } catch (RuntimeException e) {
            return fail(new String(record.payload(), StandardCharsets.UTF_8), e);
        }
    }

    private byte[] mutate(byte[] in) {
        if (in.length < 4) {
            return in;
        }
        int at = random.nextInt(in.length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(in, at);
            case 1 -> with(in, at, (byte) random.nextInt(256));
            case 2 -> with(in, at, (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length())));
            case 3 -> spliced(in, at, 0, (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length())));
            case 4 -> spliced(in, at, Math.min(1 + random.nextInt(8), in.length - at));
            default -> spliced(in, at, 0, in[at], in[random.nextInt(in.length)], in[at]);
        };
    }

    private static byte[] with(byte[] in, int at, byte b) {
        byte[] out = in.clone();
        out[at] = b;
        return out;
    }

    private static byte[] spliced(byte[] in, int at, int removed, byte... inserted) {
        byte[] out = new byte[in.length - removed + inserted.length];
        System.arraycopy(in, 0, out, 0, at);
        System.arraycopy(inserted, 0, out, at, inserted.length);
        System.arraycopy(in, at + removed, out, at + inserted.length, in.length - at - removed);
        return out;
    }
}
