package io.tapeline.peers;

import com.sun.management.OperatingSystemMXBean;
import info.bitrich.xchangestream.binance.BinanceStreamingExchange;
import info.bitrich.xchangestream.core.ProductSubscription;
import info.bitrich.xchangestream.core.StreamingExchange;
import info.bitrich.xchangestream.core.StreamingExchangeFactory;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.currency.CurrencyPair;

/**
 * {@code java ... XchangeBooks REST_URL WS_URL SYMBOL,SYMBOL... UPDATES}: follows the books and tells
 * what the second half of their updates cost this process.
 */
public final class XchangeBooks {

    private static final String QUOTE = "USDT";

    private XchangeBooks() {}

    /** The base address is the one thing that is no setting. */
    public static final class LocalExchange extends BinanceStreamingExchange {

        private static volatile String wsUrl = "";

        @Override
        protected String getStreamingBaseUri() {
            return wsUrl + "/";
        }
    }

    public static void main(String[] args) throws InterruptedException {
        long total = Long.parseLong(args[3]);
        List<CurrencyPair> pairs = new ArrayList<>();
        for (String symbol : args[2].split(",")) {
            pairs.add(
                    new CurrencyPair(
                            symbol.substring(0, symbol.length() - QUOTE.length()), QUOTE));
        }
        ExchangeSpecification specification =
                new ExchangeSpecification(LocalExchange.class);
        specification.setSslUri(args[0]);
        LocalExchange.wsUrl = args[1];
        specification.setShouldLoadRemoteMetaData(true);
        specification.setExchangeSpecificParametersItem(
                BinanceStreamingExchange.USE_HIGHER_UPDATE_FREQUENCY, true);
        StreamingExchange exchange =
                StreamingExchangeFactory.INSTANCE.createExchange(specification);
        ProductSubscription.ProductSubscriptionBuilder subscription = ProductSubscription.create();
        pairs.forEach(subscription::addOrderbook);
        exchange.connect(subscription.build()).blockingAwait();

        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        AtomicLong updates = new AtomicLong();
        AtomicLong halfCpu = new AtomicLong();
        AtomicLong halfWall = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        for (CurrencyPair pair : pairs) {
            exchange.getStreamingMarketDataService()
                    .getOrderBook(pair)
                    .subscribe(
                            book -> {
                                long count = updates.incrementAndGet();
                                if (count == total / 2) {
                                    halfCpu.set(system.getProcessCpuTime());
                                    halfWall.set(System.nanoTime());
                                } else if (count == total) {
                                    System.out.printf(
                                            "updates=%d cpuMicros=%d wallMicros=%d%n",
                                            total - total / 2,
                                            (system.getProcessCpuTime() - halfCpu.get()) / 1_000,
                                            (System.nanoTime() - halfWall.get()) / 1_000);
                                    done.countDown();
                                }
                            },
                            failure -> {
                                failure.printStackTrace();
                                System.exit(1);
                            });
        }
        done.await();
        System.exit(0);
    }
}
