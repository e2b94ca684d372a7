package io.tapeline.exchange.replay;

import io.tapeline.exchange.market.Payload;
import io.tapeline.exchange.market.TimePrecision;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded event: verbatim in the precision in which it was recorded. From milliseconds to
 * microseconds its times are lengthened; the candle's close time, the last moment of the candle, by
 * nines. The other way they are cut.
 */
record RecordedPayload(byte[] verbatim, TimePrecision recorded) implements Payload {

    private static final Pattern TIME = Pattern.compile("\"(?<k>[ETOC])\":(?<v>\\d{13})(?=[,}])");
    private static final Pattern CANDLE =
            Pattern.compile("\"k\":\\{\"t\":(?<t>\\d{13}),\"T\":(?<c>\\d{13})");

    private static final Pattern FINE_TIME =
            Pattern.compile("\"(?<k>[ETOC])\":(?<v>\\d{13})\\d{3}(?=[,}])");
    private static final Pattern FINE_OPEN =
            Pattern.compile("\"k\":\\{\"t\":(?<t>\\d{13})\\d{3}(?=[,}])");

    @Override
    public byte[] bytes(TimePrecision precision) {
        if (precision == recorded) {
            return verbatim;
        }
        return switch (precision) {
            case MILLISECOND -> cut();
            case MICROSECOND -> lengthened();
        };
    }

    private byte[] cut() {
        String text = new String(verbatim, StandardCharsets.UTF_8);
        String open = FINE_OPEN.matcher(text).replaceFirst("\"k\":{\"t\":${t}");
        return FINE_TIME.matcher(open).replaceAll("\"${k}\":${v}").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] lengthened() {
        String text = new String(verbatim, StandardCharsets.UTF_8);
        Matcher candle = CANDLE.matcher(text);
        if (candle.find()) {
            text = candle.replaceFirst("\"k\":{\"t\":${t}000,\"T\":${c}999");
        }
        // Thirteen digits only: what the candle's replacement lengthened is left alone.
        return TIME.matcher(text).replaceAll("\"${k}\":${v}000").getBytes(StandardCharsets.UTF_8);
    }
}
