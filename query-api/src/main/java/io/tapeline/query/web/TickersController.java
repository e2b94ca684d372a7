package io.tapeline.query.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tapeline.query.routing.Store;
import io.tapeline.schemas.proto.TickerAnswer;
import java.time.Clock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** 24 hour statistics. */
@RestController
@Tag(name = "Tickers")
public final class TickersController {

    private final Live live;
    private final Clock clock;

    TickersController(Live live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    @Kept(Kept.As.LIVE)
    @GetMapping("/v1/tickers/{venue}/{symbol}")
    @Operation(operationId = "getTicker", summary = "Statistics of the last 24 hours")
    public TickerJson one(
            @Parameter(example = "binance") @PathVariable String venue,
            @Parameter(example = "BTCUSDT") @PathVariable String symbol) {
        return TickerJson.of(
                live.ask(
                        Store.TICKERS,
                        Parameters.instrument(venue, symbol),
                        "",
                        TickerAnswer.parser(),
                        "ticker"),
                clock);
    }
}
