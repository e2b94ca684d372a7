package io.tapeline.ingestor.binance;

import io.tapeline.ingestor.json.JsonElements;
import io.tapeline.ingestor.json.JsonMembers;
import io.tapeline.ingestor.rest.Priority;
import io.tapeline.ingestor.rest.RestClient;
import io.tapeline.ingestor.rest.RestOutcome;
import io.tapeline.ingestor.rest.RestRequest;
import io.tapeline.ingestor.watchdog.Answer;
import io.tapeline.ingestor.watchdog.Inquiry;
import io.tapeline.ingestor.watchdog.Question;
import io.tapeline.schemas.market.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks by the smallest snapshot of a book (weight 5), and by 24 hour statistics of up to twenty
 * instruments in a request (weight 2; EXCHANGES.md A.6). A request for several that the exchange
 * refuses is split in two, until the instrument that it does not know stands alone.
 */
public final class RestInquiry implements Inquiry {

    private static final byte[] SYMBOL = "symbol".getBytes(StandardCharsets.US_ASCII);
    private static final BinanceSpan LAST_TRADE = BinanceSpan.ofTickerTrades();

    private final RestClient rest;

    public RestInquiry(RestClient rest) {
        this.rest = rest;
    }

    @Override
    public CompletableFuture<Map<Question, Answer>> ask(Collection<Question> questions) {
        Map<Question, Answer> answers = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> asked = new ArrayList<>();
        TreeSet<String> symbols = new TreeSet<>();
        for (Question question : questions) {
            switch (question) {
                case Question.Book book ->
                        asked.add(
                                book(book.instrument())
                                        .thenAccept(answer -> answers.put(book, answer)));
                case Question.Trades(var instruments) ->
                        instruments.forEach(instrument -> symbols.add(instrument.symbol()));
            }
        }
        Map<String, Answer> bySymbol = new ConcurrentHashMap<>();
        List<String> all = List.copyOf(symbols);
        for (int from = 0; from < all.size(); from += RestRequest.SomeTickers.MOST) {
            int to = Math.min(all.size(), from + RestRequest.SomeTickers.MOST);
            asked.add(trades(all.subList(from, to), bySymbol));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    for (Question question : questions) {
                        if (question instanceof Question.Trades trades) {
                            answers.put(trades, sum(trades, bySymbol));
                        }
                    }
                    return new HashMap<>(answers);
                });
    }

    private CompletableFuture<Answer> book(Instrument instrument) {
        return rest.ask(new RestRequest.Depth(instrument.symbol(), 1), Priority.AUDIT)
                .thenApply(outcome ->
                        switch (outcome) {
                            case RestOutcome.Answered answered ->
                                    answer(BinanceSpan.ofSnapshot().first(answered.body()));
                            case RestOutcome.Refused _ -> new Answer.Nothing();
                            case RestOutcome.Failed _ -> new Answer.Failed();
                        });
    }

    private CompletableFuture<?> trades(List<String> symbols, Map<String, Answer> into) {
        return rest.ask(new RestRequest.SomeTickers(symbols), Priority.AUDIT)
                .thenCompose(outcome ->
                        switch (outcome) {
                            case RestOutcome.Answered answered -> {
                                read(answered.body(), into);
                                yield CompletableFuture.completedFuture(null);
                            }
                            case RestOutcome.Refused _ when symbols.size() > 1 ->
                                    CompletableFuture.allOf(
                                            trades(symbols.subList(0, symbols.size() / 2), into),
                                            trades(
                                                    symbols.subList(
                                                            symbols.size() / 2, symbols.size()),
                                                    into));
                            case RestOutcome.Refused _ -> {
                                into.put(symbols.getFirst(), new Answer.Nothing());
                                yield CompletableFuture.completedFuture(null);
                            }
                            case RestOutcome.Failed _ -> CompletableFuture.completedFuture(null);
                        });
    }

    private static void read(byte[] body, Map<String, Answer> into) {
        JsonElements elements = new JsonElements(body, 0, body.length);
        while (elements.next()) {
            int from = elements.elementFrom();
            int to = elements.elementTo();
            JsonMembers members = new JsonMembers(body, from, to);
            while (members.next()) {
                if (members.keyIs(SYMBOL) && members.valueIsString()) {
                    long id = LAST_TRADE.first(Arrays.copyOfRange(body, from, to));
                    into.put(members.valueText(), answer(id));
                    break;
                }
            }
        }
    }

    private static Answer answer(long id) {
        return id == 0 ? new Answer.Nothing() : new Answer.NewestId(id);
    }

    /** Instruments that the exchange does not know add nothing; one that failed spoils the sum. */
    private static Answer sum(Question.Trades question, Map<String, Answer> bySymbol) {
        long sum = 0;
        for (Instrument instrument : question.instruments()) {
            switch (bySymbol.getOrDefault(instrument.symbol(), new Answer.Failed())) {
                case Answer.NewestId(long id) -> sum += id;
                case Answer.Nothing() -> {}
                case Answer.Failed failed -> {
                    return failed;
                }
            }
        }
        return answer(sum);
    }
}
