package io.tapeline.exchange;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code ./tapeline exchange}: the simulated exchange alone. */
public final class ExchangeSimulator {

    private static final int WRONG_USAGE = 2;
    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private ExchangeSimulator() {}

    public static void main(String[] arguments) throws InterruptedException {
        switch (CommandLine.parse(List.of(arguments))) {
            case CommandLine.Help() -> System.out.print(CommandLine.USAGE);
            case CommandLine.Wrong(String message) -> {
                System.err.println("tapeline exchange: " + message);
                System.err.println("Try: tapeline exchange --help");
                System.exit(WRONG_USAGE);
            }
            case CommandLine.Start(SimulatorSettings settings) -> {
                logToConsole();
                run(settings, System.out);
            }
        }
    }

    /**
     * The logging of this program, not of those that embed the exchange; to be set before the first
     * logger.
     */
    private static void logToConsole() {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "exchange-logback.xml");
        }
    }

    private static void run(SimulatorSettings settings, PrintStream out)
            throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (SimulatedExchange exchange = SimulatedExchange.start(settings)) {
            Thread hook = new Thread(() -> stop(exchange, stopped), "exchange-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            out.println("Simulated exchange with " + exchange.symbols().size() + " pairs");
            out.println("  REST     " + exchange.restUrl() + "/api/v3/exchangeInfo");
            out.println("  streams  " + exchange.wsUrl() + "/ws, " + exchange.wsUrl() + "/stream");
            out.println("  Deribit  " + exchange.deribitWsUrl() + ", " + exchange.deribitRestUrl());
            out.println("  CoinGecko  " + exchange.coingeckoUrl() + "/simple/price");
            out.println(
                    "  ledger   "
                            + exchange.restUrl()
                            + "/sim/status, ledger, book, requests, connections");
            out.println("  faults   " + exchange.restUrl() + "/sim/faults, judge");
            out.flush();
            stopped.await();
        } catch (IOException e) {
            System.err.println("tapeline exchange: " + reason(e));
            System.exit(1);
        }
    }

    private static void stop(SimulatedExchange exchange, CountDownLatch stopped) {
        exchange.close();
        stopped.countDown();
    }

    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = String.valueOf(e.getMessage());
        String caused = String.valueOf(cause.getMessage());
        return said.contains(caused) ? said : said + ": " + caused;
    }
}
