package io.tapeline.query;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tapeline.query.routing.Address;
import io.tapeline.query.routing.Exchange;
import io.tapeline.query.routing.Ingestors;
import io.tapeline.query.routing.InstanceAnswer;
import io.tapeline.query.through.Ask;
import io.tapeline.query.through.ExchangeCandles;
import io.tapeline.query.through.MinuteSpan;
import io.tapeline.query.through.Shortfall;
import io.tapeline.schemas.market.Candle;
import io.tapeline.schemas.proto.CandlesAnswer;
import io.tapeline.schemas.wire.CandleCodec;
import io.tapeline.schemas.wire.MalformedPayload;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Candles of the exchange, asked of an ingestor; of another one where it does not answer. */
final class IngestorCandles implements ExchangeCandles {

    private static final Logger LOG = LoggerFactory.getLogger(IngestorCandles.class);

    /** What the ingestor does not wait is left for its answer to travel. */
    private static final Duration TRAVEL = Duration.ofMillis(500);

    private static final Duration USUAL_RETRY = Duration.ofSeconds(5);

    /** What a 404 begins with where it is the exchange that does not have the symbol. */
    private static final String NO_SYMBOL = "symbol:";

    private final Exchange exchange;
    private final Ingestors ingestors;
    private final String priority;

    /**
     * @param priority in the ingestor's words: {@code backfill} or {@code bulk}
     */
    IngestorCandles(Exchange exchange, Ingestors ingestors, String priority) {
        this.exchange = exchange;
        this.ingestors = ingestors;
        this.priority = priority;
    }

    @Override
    public Reply fetch(Ask ask, Duration within) {
        List<Address> all = ingestors.addresses();
        Reply last = new Reply.NotNow(new Shortfall("no ingestor is known", USUAL_RETRY));
        int first = Math.floorMod(ask.instrument().hashCode(), Math.max(1, all.size()));
        for (int i = 0; i < all.size(); i++) {
            Address address = all.get((first + i) % all.size());
            try {
                last = reply(exchange.get(address, path(ask, within), within.plus(TRAVEL)));
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("ingestor", address)
                        .addKeyValue("instrument", ask.instrument())
                        .addKeyValue("reason", e.getMessage())
                        .log("an ingestor did not answer for candles");
                last = new Reply.NotNow(new Shortfall("no ingestor answers", USUAL_RETRY));
                continue;
            }
            if (!(last instanceof Reply.NotNow)) {
                return last;
            }
        }
        return last;
    }

    private String path(Ask ask, Duration within) {
        String range =
                switch (ask) {
                    case Ask.From from -> "&from=" + from.minute().toInstant();
                    case Ask.Before before ->
                            "&to=" + MinuteSpan.plus(before.end(), -1).toInstant();
                };
        return "/internal/klines/"
                + ask.instrument().venue().id()
                + "/"
                + URLEncoder.encode(ask.instrument().symbol(), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                + "?interval=1m&limit="
                + Ask.MINUTES
                + range
                + "&withinMs="
                + within.toMillis()
                + "&priority="
                + priority;
    }

    private static Reply reply(InstanceAnswer response) {
        return switch (response.status()) {
            case 200 -> found(response.body());
            case 404 ->
                    text(response).startsWith(NO_SYMBOL)
                            ? new Reply.NoSuch()
                            : new Reply.NotNow(new Shortfall(text(response), USUAL_RETRY));
            default -> new Reply.NotNow(new Shortfall(text(response), retryAfter(response)));
        };
    }

    private static Reply found(byte[] body) {
        try {
            List<Candle> minutes = new ArrayList<>();
            for (io.tapeline.schemas.proto.Candle each :
                    CandlesAnswer.parseFrom(body).getItemsList()) {
                minutes.add(CandleCodec.fromProto(each));
            }
            return new Reply.Found(minutes);
        } catch (InvalidProtocolBufferException | MalformedPayload e) {
            throw new IllegalStateException("candles: the ingestor's answer is malformed", e);
        }
    }

    private static String text(InstanceAnswer response) {
        return response.text();
    }

    private static Duration retryAfter(InstanceAnswer response) {
        return response.header("retry-after")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(USUAL_RETRY);
    }
}
