package io.tapeline.standalone;

/** What a newcomer is told once everything runs. */
final class Welcome {

    private Welcome() {}

    static void print(Mode mode, Standalone tapeline) {
        System.out.print(text(mode, tapeline));
        System.out.flush();
    }

    private static String text(Mode mode, Standalone tapeline) {
        String market =
                tapeline.exchange()
                        .map(exchange -> "a simulated exchange at " + exchange.restUrl())
                        .orElse("the exchanges that the settings name");
        return """

        Tapeline runs (%s), against %s

          page        %s/
          API         %s/docs
          try         curl "%s/v1/prices/binance/BTCUSDT"
                      curl "%s/v1/books/binance/BTCUSDT?depth=20"
                      curl "%s/v1/klines/binance/BTCUSDT?interval=1m"
          Kafka       %s

        Ctrl-C stops it; started again, it continues where it was.

        """
                .formatted(
                        mode.id(),
                        market,
                        tapeline.api(),
                        tapeline.api(),
                        tapeline.api(),
                        tapeline.api(),
                        tapeline.api(),
                        tapeline.bootstrap());
    }
}
