package io.tapeline.exchange.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultScriptTest {

    private static final Map<String, String> MANDATORY =
            Map.of(
                    "lifetime", "after=30s",
                    "delay", "by=1s",
                    "weight-burn", "weight=100",
                    "quiet", "symbol=ETHUSDT",
                    "list", "base=龙虾",
                    "halt", "symbol=*",
                    "break", "symbol=BTCUSDT",
                    "cancel-only", "symbol=BTC*",
                    "resume", "symbol=*",
                    "delist", "symbol=BTCUSDT");

    @Test
    void aScriptIsOneFaultALine() {
        FaultScript script =
                FaultScript.parse(
                        """
                        # A bad morning.
                        5s     drop-all how=close

                        1500ms gap connection=2nd stream=btcusdt@depth* count=3 seed=7   # three diffs
                        stall  symbol=ETHUSDT for=2m
                        """);
        assertThat(script.lines())
                .containsExactly(
                        new FaultScript.Line(
                                Duration.ofSeconds(5),
                                new SocketFault.DropAll(SocketFault.Manner.CLOSE)),
                        new FaultScript.Line(
                                Duration.ofMillis(1_500),
                                new EventFault.Gap(
                                        Scope.on(new Sockets.Nth(2)).withStreams("btcusdt@depth*"),
                                        100,
                                        7,
                                        Lasting.times(3))),
                        new FaultScript.Line(
                                Duration.ZERO,
                                new EventFault.Stall(
                                        Scope.on(Sockets.newest()).withSymbols("ETHUSDT"),
                                        new Lasting(
                                                Optional.of(Duration.ofMinutes(2)),
                                                OptionalInt.empty()))));
    }

    static List<String> names() {
        return FaultKind.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFaultSaysOfItselfWhatAScriptSays(String name) {
        Fault fault =
                FaultScript.parse(name + " " + MANDATORY.getOrDefault(name, ""))
                        .lines()
                        .getFirst()
                        .fault();
        assertThat(fault.name()).isEqualTo(name).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(FaultScript.parse(fault.line()).lines().getFirst().fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    soon drop-all         | line 1: unknown fault soon; known: lifetime, server-shutdown
                    5x drop-all           | line 1: the offset must be a whole number with ms, s, m or h, as in 1500ms, 5s, 2m, 24h, was 5x
                    5s                    | line 1: no fault is named; known: lifetime
                    5s drop-all now       | line 1: drop-all: must be key=value, was now
                    5s drop-all count=2   | line 1: drop-all: unknown parameter count; allowed: how
                    5s drop-all how=hard  | line 1: drop-all: how must be one of reset, close, was hard
                    5s gap connection=any | line 1: gap: connection must be all, newest, oldest, the number of a connection, or 1st, 2nd, 3rd, 4th ..., was any
                    5s gap count=some     | line 1: gap: count must be a whole number, was some
                    5s gap chance=101     | line 1: gap: Gap.chance must be 1 to 100, was 101
                    5s gap for=0s         | line 1: gap: Lasting.time must be positive, was 0s
                    5s gap for=1s for=2s  | line 1: gap: for is given twice
                    5s delay              | line 1: delay: by must be given
                    5s server-error status=404 | line 1: server-error: ServerError.status must be 500 to 599, was 404
                    5s list base=abc      | line 1: list: Listing.base and quote must be 1 to 20 letters or digits without lower case, were abc, USDT
                    """)
    void mistakesAreNamedWithWhatIsAllowed(String script, String complaint) {
        assertThatThrownBy(() -> FaultScript.parse(script))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(complaint);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> FaultScript.parse("drop-all\nwhat\n\n1s delay\n"))
                .hasMessageStartingWith("line 2: unknown fault what; known: ")
                .hasMessageEndingWith("\nline 4: delay: by must be given");
    }

    @ParameterizedTest
    @CsvSource({
        "btcusdt@depth*, btcusdt@depth@100ms, true",
        "*@kline_1m, ethusdt@kline_1m, true",
        "*@kline_1m, ethusdt@kline_15m, false",
        "BTCUSDT, btcusdt, true",
        "*, anything, true",
        "!*@arr, !miniTicker@arr, true",
        "btc, btcusdt, false"
    })
    void patternsAreGlobs(String glob, String name, boolean matches) {
        assertThat(new NamePattern(glob).matches(name)).isEqualTo(matches);
    }
}
