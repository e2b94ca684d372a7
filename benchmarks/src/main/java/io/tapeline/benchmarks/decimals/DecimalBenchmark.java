package io.tapeline.benchmarks.decimals;

import io.tapeline.schemas.market.Decimal;
import java.math.BigDecimal;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a book does with its values: reads them, finds the place of a price, sums quantities. As
 * mantissas in longs (what a side of levels holds), as our Decimal, as BigDecimal, and as text that
 * is parsed when it is needed. Figures are for one value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecimalBenchmark {

    static final int VALUES = 1_024;

    private String[] texts = {};
    private Decimal[] decimals = {};
    private BigDecimal[] bigDecimals = {};
    private long[] mantissas = {};

    @Setup
    public void prepare() {
        texts = texts(new Random(20_261_121));
        decimals = new Decimal[VALUES];
        bigDecimals = new BigDecimal[VALUES];
        mantissas = new long[VALUES];
        for (int i = 0; i < VALUES; i++) {
            decimals[i] = Decimal.parse(texts[i]);
            bigDecimals[i] = new BigDecimal(texts[i]);
            mantissas[i] = decimals[i].mantissa();
        }
    }

    /** Prices as an exchange writes them, with eight decimals. */
    static String[] texts(Random random) {
        String[] texts = new String[VALUES];
        for (int i = 0; i < VALUES; i++) {
            texts[i] =
                    (60_000 + random.nextInt(2_000)) + "." + (10 + random.nextInt(90)) + "000000";
        }
        return texts;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long parse_Decimal() {
        long sum = 0;
        for (String text : texts) {
            sum += Decimal.parse(text).mantissa();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long parse_BigDecimal() {
        long sum = 0;
        for (String text : texts) {
            sum += new BigDecimal(text).scale();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES - 1)
    public int compare_Long() {
        int rises = 0;
        for (int i = 1; i < VALUES; i++) {
            rises += Long.compare(mantissas[i - 1], mantissas[i]) < 0 ? 1 : 0;
        }
        return rises;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES - 1)
    public int compare_Decimal() {
        int rises = 0;
        for (int i = 1; i < VALUES; i++) {
            rises += decimals[i - 1].compareTo(decimals[i]) < 0 ? 1 : 0;
        }
        return rises;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES - 1)
    public int compare_BigDecimal() {
        int rises = 0;
        for (int i = 1; i < VALUES; i++) {
            rises += bigDecimals[i - 1].compareTo(bigDecimals[i]) < 0 ? 1 : 0;
        }
        return rises;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES - 1)
    public int compare_Text() {
        int rises = 0;
        for (int i = 1; i < VALUES; i++) {
            rises += new BigDecimal(texts[i - 1]).compareTo(new BigDecimal(texts[i])) < 0 ? 1 : 0;
        }
        return rises;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long sum_Long() {
        long sum = 0;
        for (long mantissa : mantissas) {
            sum = Math.addExact(sum, mantissa);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public Decimal sum_Decimal() {
        Decimal sum = Decimal.ZERO;
        for (Decimal decimal : decimals) {
            sum = sum.plus(decimal);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public BigDecimal sum_BigDecimal() {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal bigDecimal : bigDecimals) {
            sum = sum.add(bigDecimal);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public BigDecimal sum_Text() {
        BigDecimal sum = BigDecimal.ZERO;
        for (String text : texts) {
            sum = sum.add(new BigDecimal(text));
        }
        return sum;
    }
}
