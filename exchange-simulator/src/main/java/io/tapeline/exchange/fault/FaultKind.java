package io.tapeline.exchange.fault;

import static io.tapeline.exchange.fault.Sockets.all;
import static io.tapeline.exchange.fault.Sockets.newest;

import io.tapeline.exchange.market.PairStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A kind of fault that scripts can ask for: its name and the parameters that it knows. */
public final class FaultKind {

    private static final Map<String, FaultKind> KINDS = new LinkedHashMap<>();

    private final String name;
    private final List<String> parameters;
    private final Function<Words, Fault> maker;

    private FaultKind(String name, List<String> parameters, Function<Words, Fault> maker) {
        this.name = name;
        this.parameters = parameters;
        this.maker = maker;
    }

    /** The name in scripts, kebab case. */
    public String name() {
        return name;
    }

    /** The keys that it knows. */
    public List<String> parameters() {
        return parameters;
    }

    Fault make(List<String> words) {
        return maker.apply(new Words(words, parameters));
    }

    static {
        socketFaults();
        eventFaults();
        answerFaults();
        restFaults();
        marketFaults();
        venueFaults();
    }

    private static void socketFaults() {
        kind(
                "lifetime",
                "connection after for count",
                w ->
                        new SocketFault.Lifetime(
                                w.sockets(all()), w.span("after"), w.lasting(Lasting.ever())));
        kind(
                "server-shutdown",
                "connection within seed",
                w ->
                        new SocketFault.ServerShutdown(
                                w.sockets(all()),
                                w.span("within", Duration.ofSeconds(10)),
                                w.seed()));
        kind(
                "no-pings",
                "connection for",
                w -> new SocketFault.NoPings(w.sockets(all()), w.lasting(Lasting.ever())));
        kind(
                "ping-timeout",
                "connection for",
                w -> new SocketFault.PingTimeout(w.sockets(newest()), w.lasting(Lasting.ever())));
        kind(
                "half-open",
                "connection for",
                w ->
                        new SocketFault.HalfOpen(
                                w.sockets(newest()),
                                w.lasting(Lasting.during(Duration.ofMinutes(10)))));
        kind(
                "drop",
                "connection how",
                w ->
                        new SocketFault.Drop(
                                w.sockets(newest()),
                                w.word("how", SocketFault.Manner.class, SocketFault.Manner.RESET)));
        kind(
                "drop-all",
                "how",
                w ->
                        new SocketFault.DropAll(
                                w.word("how", SocketFault.Manner.class, SocketFault.Manner.RESET)));
        kind(
                "slow",
                "connection rate for",
                w ->
                        new SocketFault.Slow(
                                w.sockets(newest()),
                                w.number("rate", 10_000),
                                w.lasting(Lasting.ever())));
        kind(
                "refuse-connects",
                "status for count",
                w ->
                        new SocketFault.RefuseConnects(
                                w.number("status", 503),
                                w.lasting(Lasting.during(Duration.ofSeconds(30)))));
    }

    private static void eventFaults() {
        kind(
                "stall",
                "connection stream symbol for count",
                w -> new EventFault.Stall(w.scope(newest()), w.lasting(Lasting.ever())));
        kind(
                "gap",
                "connection stream symbol chance seed for count",
                w ->
                        new EventFault.Gap(
                                w.scope(newest()),
                                w.number("chance", 100),
                                w.seed(),
                                w.lasting(Lasting.once())));
        kind(
                "duplicate",
                "connection stream symbol chance seed for count",
                w ->
                        new EventFault.Duplicate(
                                w.scope(newest()),
                                w.number("chance", 100),
                                w.seed(),
                                w.lasting(Lasting.once())));
        kind(
                "reorder",
                "connection stream symbol window seed for count",
                w ->
                        new EventFault.Reorder(
                                w.scope(newest()),
                                w.number("window", 3),
                                w.seed(),
                                w.lasting(Lasting.once())));
        kind(
                "delay",
                "connection stream symbol by for",
                w ->
                        new EventFault.Delay(
                                w.scope(newest()), w.span("by"), w.lasting(Lasting.ever())));
        kind(
                "missing-close",
                "connection stream symbol for count",
                w -> new EventFault.MissingClose(w.scope(newest()), w.lasting(Lasting.once())));
        kind(
                "snapshot-ahead",
                "symbol by for",
                w ->
                        new EventFault.SnapshotAhead(
                                w.pattern("symbol"),
                                w.span("by", Duration.ofSeconds(2)),
                                w.lasting(Lasting.during(Duration.ofSeconds(30)))));
    }

    private static void answerFaults() {
        kind(
                "late-ack",
                "connection stream symbol by for count",
                w ->
                        new AnswerFault.LateAck(
                                w.scope(all()),
                                w.span("by", Duration.ofSeconds(2)),
                                w.lasting(Lasting.once())));
        kind(
                "no-ack",
                "connection stream symbol for count",
                w -> new AnswerFault.NoAck(w.scope(all()), w.lasting(Lasting.once())));
        kind(
                "partial-ack",
                "connection stream symbol keep for count",
                w ->
                        new AnswerFault.PartialAck(
                                w.scope(all()), w.number("keep", 1), w.lasting(Lasting.once())));
        kind(
                "error-answer",
                "connection stream symbol shape for count",
                w ->
                        new AnswerFault.ErrorAnswer(
                                w.scope(all()),
                                w.word("shape", AnswerFault.Shape.class, AnswerFault.Shape.WRAPPED),
                                w.lasting(Lasting.once())));
    }

    private static void restFaults() {
        kind(
                "weight-limit",
                "for count",
                w -> new RestFault.WeightLimit(w.lasting(Lasting.during(Duration.ofSeconds(10)))));
        kind("weight-burn", "weight", w -> new RestFault.WeightBurn(w.number("weight")));
        kind(
                "ban",
                "for",
                w -> new RestFault.Ban(w.lasting(Lasting.during(Duration.ofMinutes(2)))));
        kind(
                "html-403",
                "path for count",
                w -> new RestFault.Html403(w.pattern("path"), w.lasting(Lasting.once())));
        kind(
                "server-error",
                "status path for count",
                w ->
                        new RestFault.ServerError(
                                w.number("status", 503),
                                w.pattern("path"),
                                w.lasting(Lasting.once())));
        kind(
                "timeout",
                "after then path for count",
                w ->
                        new RestFault.Timeout(
                                w.span("after", Duration.ofSeconds(10)),
                                w.word("then", RestFault.Outcome.class, RestFault.Outcome.ERROR),
                                w.pattern("path"),
                                w.lasting(Lasting.once())));
        kind(
                "stale-snapshot",
                "symbol for count",
                w -> new RestFault.StaleSnapshot(w.pattern("symbol"), w.lasting(Lasting.once())));
    }

    private static void marketFaults() {
        kind(
                "quiet",
                "symbol for",
                w ->
                        new MarketFault.Quiet(
                                w.symbols(), w.lasting(Lasting.during(Duration.ofSeconds(30)))));
        kind(
                "list",
                "base quote",
                w ->
                        new MarketFault.Listing(
                                w.mandatory("base"), w.pattern("quote", "USDT").glob()));
        kind("halt", "symbol", w -> new MarketFault.StatusChange(PairStatus.HALT, w.symbols()));
        kind("break", "symbol", w -> new MarketFault.StatusChange(PairStatus.BREAK, w.symbols()));
        kind(
                "cancel-only",
                "symbol",
                w -> new MarketFault.StatusChange(PairStatus.CANCEL_ONLY, w.symbols()));
        kind(
                "resume",
                "symbol",
                w -> new MarketFault.StatusChange(PairStatus.TRADING, w.symbols()));
        kind("delist", "symbol", w -> new MarketFault.Delist(w.symbols()));
        kind(
                "huge-frame",
                "stream for count",
                w ->
                        new MarketFault.HugeFrame(
                                w.pattern("stream", "!*@arr"), w.lasting(Lasting.once())));
    }

    private static void venueFaults() {
        Lasting halfMinute = Lasting.during(Duration.ofSeconds(30));
        kind(
                "deribit-close",
                "how",
                w ->
                        new VenueFault.DeribitClose(
                                w.word("how", SocketFault.Manner.class, SocketFault.Manner.CLOSE)));
        kind("deribit-half-open", "", w -> new VenueFault.DeribitHalfOpen());
        kind(
                "deribit-stall",
                "stream for count",
                w -> new VenueFault.DeribitStall(w.pattern("stream"), w.lasting(Lasting.ever())));
        kind(
                "deribit-refuse",
                "for count",
                w -> new VenueFault.DeribitRefuse(w.lasting(halfMinute)));
        kind(
                "deribit-maintenance",
                "for count",
                w -> new VenueFault.DeribitMaintenance(w.lasting(halfMinute)));
        kind(
                "deribit-no-heartbeat",
                "for",
                w -> new VenueFault.DeribitNoHeartbeat(w.lasting(halfMinute)));
        kind(
                "coingecko-error",
                "status for count",
                w ->
                        new VenueFault.CoinGeckoError(
                                w.number("status", 429), w.lasting(Lasting.once())));
        kind(
                "coingecko-unchanged",
                "for",
                w ->
                        new VenueFault.CoinGeckoUnchanged(
                                w.lasting(Lasting.during(Duration.ofMinutes(5)))));
        kind(
                "coingecko-nulls",
                "coin for",
                w -> new VenueFault.CoinGeckoNulls(w.pattern("coin"), w.lasting(Lasting.ever())));
    }

    private static void kind(String name, String parameters, Function<Words, Fault> maker) {
        KINDS.put(
                name,
                new FaultKind(
                        name,
                        parameters.isEmpty() ? List.of() : List.of(parameters.split(" ")),
                        maker));
    }

    /** The names of all kinds, in the order of the documentation. */
    public static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /** All kinds. */
    public static List<FaultKind> kinds() {
        return List.copyOf(KINDS.values());
    }

    static @Nullable FaultKind of(String name) {
        return KINDS.get(name);
    }
}
