package io.tapeline.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import info.bitrich.xchangestream.binance.BinanceStreamingExchange;
import info.bitrich.xchangestream.binance.BinanceStreamingMarketDataService;
import info.bitrich.xchangestream.binance.KlineSubscription;
import info.bitrich.xchangestream.core.ProductSubscription;
import info.bitrich.xchangestream.core.StreamingExchangeFactory;
import io.reactivex.rxjava3.core.Observable;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.dto.marketdata.BinanceKline;
import org.knowm.xchange.binance.dto.marketdata.KlineInterval;
import org.knowm.xchange.binance.service.BinanceMarketDataService;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.dto.marketdata.Ticker;
import org.knowm.xchange.dto.trade.LimitOrder;

/**
 * {@code java ... XchangeClient HTTP_URL BASE/QUOTE BOOKS}: what XChange makes of the exchange at
 * that address, a line of JSON for each thing.
 */
public final class XchangeClient {

    private static final int LEVELS = 20;
    private static final int CANDLES = 10;
    private static final int TICKERS = 3;
    private static final int CANDLE_UPDATES = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private XchangeClient() {}

    /** The address of its streams is the one thing that is no setting. */
    public static final class MirroredExchange extends BinanceStreamingExchange {

        private static volatile String streams = "";

        @Override
        protected String getStreamingBaseUri() {
            return streams + "/";
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        CurrencyPair pair = new CurrencyPair(args[1]);
        int books = Integer.parseInt(args[2]);
        ExchangeSpecification specification = new ExchangeSpecification(MirroredExchange.class);
        specification.setSslUri(args[0]);
        MirroredExchange.streams = args[0].replaceFirst("^http", "ws");
        specification.setShouldLoadRemoteMetaData(true);
        specification.setExchangeSpecificParametersItem(
                BinanceStreamingExchange.USE_HIGHER_UPDATE_FREQUENCY, true);
        var exchange =
                (MirroredExchange) StreamingExchangeFactory.INSTANCE.createExchange(specification);
        asked(exchange, pair);
        followed(exchange, pair, books);
        say("done", true);
        System.exit(0);
    }

    private static void asked(MirroredExchange exchange, CurrencyPair pair) throws IOException {
        say(
                "markets",
                exchange.getExchangeInstruments().stream().map(Object::toString).sorted().toList());
        var metaData = exchange.getExchangeMetaData().getInstruments().get(pair);
        Map<String, Object> rules = new LinkedHashMap<>();
        rules.put("minimumAmount", text(Objects.requireNonNull(metaData).getMinimumAmount()));
        rules.put("maximumAmount", text(metaData.getMaximumAmount()));
        rules.put("amountStepSize", text(metaData.getAmountStepSize()));
        rules.put("priceStepSize", text(metaData.getPriceStepSize()));
        say("rules", rules);
        var data = (BinanceMarketDataService) exchange.getMarketDataService();
        say("ticker", ticker(data.getTicker(pair)));
        say("restBook", book(data.getOrderBook(pair, LEVELS)));
        say(
                "candles",
                data.klines(pair, KlineInterval.m1, CANDLES, null, null).stream()
                        .map(XchangeClient::candle)
                        .toList());
    }

    private static void followed(MirroredExchange exchange, CurrencyPair pair, int books)
            throws InterruptedException {
        exchange.connect(
                        new KlineSubscription(Map.of(pair, Set.of(KlineInterval.m1))),
                        ProductSubscription.create().addOrderbook(pair).addTicker(pair).build())
                .blockingAwait();
        BinanceStreamingMarketDataService data = exchange.getStreamingMarketDataService();
        CountDownLatch told = new CountDownLatch(3);
        follow(data.getOrderBook(pair), books, told, one -> say("book", book(one)));
        follow(data.getTicker(pair), TICKERS, told, one -> say("ticker", ticker(one)));
        follow(
                data.getKlines(pair, KlineInterval.m1),
                CANDLE_UPDATES,
                told,
                one -> say("candle", candle(one)));
        told.await();
    }

    private static <T> void follow(
            Observable<T> stream, int count, CountDownLatch told, Consumer<T> each) {
        var _ =
                stream.take(count)
                        .subscribe(
                                each::accept,
                                failure -> {
                                    failure.printStackTrace();
                                    System.exit(1);
                                },
                                told::countDown);
    }

    private static synchronized void say(String kind, Object value) {
        try {
            OUT.println(JSON.writeValueAsString(Map.of("kind", kind, "value", value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The time of the newest update in it stands for its id, which XChange does not tell. */
    private static Map<String, Object> book(OrderBook book) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("eventTime", book.getTimeStamp() == null ? null : book.getTimeStamp().getTime());
        told.put("bids", side(book.getBids()));
        told.put("asks", side(book.getAsks()));
        return told;
    }

    private static List<List<String>> side(List<LimitOrder> orders) {
        return orders.stream()
                .limit(LEVELS)
                .map(order ->
                        List.of(
                                order.getLimitPrice().toPlainString(),
                                order.getOriginalAmount().toPlainString()))
                .toList();
    }

    private static Map<String, Object> ticker(Ticker ticker) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("last", text(ticker.getLast()));
        told.put("high", text(ticker.getHigh()));
        told.put("low", text(ticker.getLow()));
        told.put("open", text(ticker.getOpen()));
        told.put("bid", text(ticker.getBid()));
        told.put("ask", text(ticker.getAsk()));
        told.put("volume", text(ticker.getVolume()));
        told.put("quoteVolume", text(ticker.getQuoteVolume()));
        told.put(
                "closeTime",
                ticker.getTimestamp() == null ? null : ticker.getTimestamp().getTime());
        return told;
    }

    private static List<Object> candle(BinanceKline candle) {
        return List.of(
                candle.getOpenTime(),
                candle.getOpen().toPlainString(),
                candle.getHigh().toPlainString(),
                candle.getLow().toPlainString(),
                candle.getClose().toPlainString(),
                candle.getVolume().toPlainString());
    }

    private static @Nullable String text(@Nullable BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }
}
