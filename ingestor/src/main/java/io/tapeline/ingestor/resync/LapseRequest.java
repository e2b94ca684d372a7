package io.tapeline.ingestor.resync;

import io.tapeline.ingestor.feed.EventKind;
import io.tapeline.ingestor.share.Lapse;
import io.tapeline.ingestor.share.StreamKey;
import io.tapeline.schemas.market.EpochMicros;
import io.tapeline.schemas.market.Instrument;
import io.tapeline.schemas.market.Interval;
import io.tapeline.schemas.proto.ResyncKind;
import io.tapeline.schemas.proto.ResyncRequest;
import java.util.Optional;

/** A lapse as it travels. */
final class LapseRequest {

    private LapseRequest() {}

    static ResyncRequest of(Lapse lapse) {
        return ResyncRequest.newBuilder()
                .setInstrument(lapse.stream().instrument().id())
                .setKind(
                        switch (lapse.stream().kind()) {
                            case DEPTH -> ResyncKind.RESYNC_KIND_DEPTH_SNAPSHOT;
                            case KLINES -> ResyncKind.RESYNC_KIND_KLINES;
                            case TICKERS -> ResyncKind.RESYNC_KIND_TICKERS;
                            case PICTURES ->
                                    throw new IllegalStateException(
                                            lapse.stream() + " is not missed");
                        })
                .setInterval(lapse.stream().interval().map(Interval::id).orElse(""))
                .setReason(lapse.cause())
                .setRequestedUs(lapse.to().value())
                .setFromUs(lapse.from().map(EpochMicros::value).orElse(0L))
                .setToUs(lapse.to().value())
                .setCatchUp(true)
                .setLine(lapse.line())
                .build();
    }

    /**
     * @throws IllegalArgumentException naming what is wrong with it
     */
    static Lapse read(ResyncRequest request) {
        return new Lapse(
                request.getLine(),
                stream(request),
                request.getFromUs() == 0
                        ? Optional.empty()
                        : Optional.of(new EpochMicros(request.getFromUs())),
                new EpochMicros(request.getToUs()),
                request.getReason());
    }

    private static StreamKey stream(ResyncRequest request) {
        Instrument instrument = Instrument.parse(request.getInstrument());
        return switch (request.getKind()) {
            case RESYNC_KIND_DEPTH_SNAPSHOT ->
                    new StreamKey(instrument, EventKind.DEPTH, Optional.empty());
            case RESYNC_KIND_TICKERS ->
                    new StreamKey(instrument, EventKind.TICKERS, Optional.empty());
            case RESYNC_KIND_KLINES ->
                    new StreamKey(
                            instrument,
                            EventKind.KLINES,
                            Optional.of(Interval.of(request.getInterval())));
            case RESYNC_KIND_DEPTH_AUDIT, RESYNC_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "lapse of "
                                    + instrument
                                    + ": kind "
                                    + request.getKindValue()
                                    + " is not known");
        };
    }
}
