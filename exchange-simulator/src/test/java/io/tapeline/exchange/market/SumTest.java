package io.tapeline.exchange.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumTest {

    @Test
    void addsAndSubtractsAsUnboundedIntegersDo() {
        long seed = 7;
        Random random = new Random(seed);
        Sum sum = new Sum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 10_000; i++) {
            long a = random.nextLong();
            long b = random.nextLong() >> 8;
            sum.add(a);
            sum.addProduct(a >> 1, b);
            Sum taken = new Sum();
            taken.addProduct(b, b);
            taken.add(-a);
            sum.subtract(taken);
            BigInteger wideA = BigInteger.valueOf(a);
            BigInteger wideB = BigInteger.valueOf(b);
            expected =
                    expected.add(wideA)
                            .add(BigInteger.valueOf(a >> 1).multiply(wideB))
                            .subtract(wideB.multiply(wideB).subtract(wideA));
            assertThat(sum.toBigInteger()).as("seed %s, step %s", seed, i).isEqualTo(expected);
        }
    }

    @Test
    void knowsWhetherItFitsALong() {
        Sum sum = new Sum();
        sum.add(Long.MAX_VALUE);
        assertThat(sum.fitsLong()).isTrue();
        sum.add(1);
        assertThat(sum.fitsLong()).isFalse();
        assertThat(sum).hasToString("9223372036854775808");
    }
}
