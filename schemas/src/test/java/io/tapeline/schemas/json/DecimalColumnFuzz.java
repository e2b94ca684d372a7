package io.tapeline.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.fuzz.Target;
import io.tapeline.schemas.market.Decimal;
import io.tapeline.schemas.wire.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decimals in quotes, one after the other, beside {@link Decimal#parse}: by themselves and gathered
 * in a column. An input is their texts between commas.
 */
public final class DecimalColumnFuzz implements Target {

    @Override
    public List<byte[]> seeds() {
        return List.of(
                        "61737.63000000,0.00000000,1.5,0",
                        "0.00000112,12345678901234567890,9.1,98765432109876543210.5",
                        "9223372036854775807,0.1,922337203685477580.7,1e-18",
                        "-0,-1,00012.50,1.234567891,12345678.12345678,1234567890123456.123")
                .stream()
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    @Override
    public void read(byte[] input) throws MalformedPayload {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        // Quotes, escapes and controls are other matters, and not ASCII has two bytes.
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
            return;
        }
        DecimalColumn column = new DecimalColumn();
        List<Decimal> expected = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            byte[] quoted = ('"' + each + '"').getBytes(StandardCharsets.US_ASCII);
            Decimal parsed = parsed(each);
            assertThat(scanned(quoted)).as(each).isEqualTo(parsed);
            if (gathered(column, quoted)) {
                assertThat(parsed).as(each).isNotNull();
                expected.add(parsed);
            } else {
                assertThat(parsed == null || parsed.signum() < 0).as(each).isTrue();
            }
        }
        List<Decimal> held = new ArrayList<>();
        for (int i = 0; i < column.size(); i++) {
            held.add(column.decimal(i));
        }
        assertThat(held).isEqualTo(expected);
    }

    private static @Nullable Decimal parsed(String text) {
        try {
            return Decimal.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Decimal scanned(byte[] quoted) {
        JsonScanner in = new JsonScanner("fuzz", quoted);
        try {
            Decimal value = in.decimal("decimal");
            in.end();
            assertThat(value.scale()).isEqualTo(value.significantScale());
            return value;
        } catch (MalformedPayload e) {
            return null;
        }
    }

    private static boolean gathered(DecimalColumn column, byte[] quoted) {
        try {
            new JsonScanner("fuzz", quoted).decimalInto(column, "decimal");
            return true;
        } catch (MalformedPayload e) {
            return false;
        }
    }
}
