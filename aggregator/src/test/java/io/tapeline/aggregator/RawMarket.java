package io.tapeline.aggregator;

import io.tapeline.schemas.market.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A seeded stream of raw depth of several instruments: updates that follow one another, some twice,
 * some cut otherwise, some missing, and the snapshots that mend; now and then bytes of no meaning.
 */
final class RawMarket {

    /** A raw depth record to be. */
    record Message(Instrument instrument, boolean snapshot, byte[] payload) {}

    private static final int SIDE = 40;

    private final Random random;
    private final List<Instrument> instruments = new ArrayList<>();
    private final long[] ids;
    private final int[] untilSnapshot;
    private int garbage;

    RawMarket(long seed, int count) {
        random = new Random(seed);
        for (int i = 0; i < count; i++) {
            instruments.add(Instrument.binance("COIN" + i + "USDT"));
        }
        ids = new long[count];
        untilSnapshot = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = 1_000;
            untilSnapshot[i] = 5;
        }
    }

    List<Instrument> instruments() {
        return instruments;
    }

    /** How many records of no meaning there were. */
    int garbage() {
        return garbage;
    }

    Message next() {
        int which = random.nextInt(ids.length);
        Instrument instrument = instruments.get(which);
        if (random.nextInt(500) == 0) {
            garbage++;
            return new Message(instrument, false, new byte[] {'{', 1, 2});
        }
        if (untilSnapshot[which] > 0 && --untilSnapshot[which] == 0) {
            return new Message(instrument, true, snapshot(ids[which]));
        }
        if (random.nextInt(150) == 0) {
            // Missing ids: lost, until the snapshot some messages later.
            ids[which] += 3;
            untilSnapshot[which] = 1 + random.nextInt(20);
        }
        long first = ids[which] + 1 - (random.nextInt(10) == 0 ? 1 : 0);
        if (random.nextInt(12) != 0) {
            ids[which] += 1 + random.nextInt(3);
        }
        long last = Math.max(first, ids[which]);
        ids[which] = last;
        return new Message(
                instrument,
                false,
                Payloads.update(instrument.symbol(), first, last, changes(true), changes(false)));
    }

    private List<String> changes(boolean bid) {
        List<String> changes = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int tick = 1 + i * 7 + random.nextInt(7);
            String quantity = random.nextInt(3) == 0 ? "0.000" : "1." + (100 + random.nextInt(900));
            changes.add((bid ? 5_000 - tick : 5_000 + tick) + ".00 " + quantity);
        }
        return changes;
    }

    private byte[] snapshot(long id) {
        List<String> bids = new ArrayList<>();
        List<String> asks = new ArrayList<>();
        for (int i = 1; i <= SIDE; i++) {
            bids.add((5_000 - i) + ".00 2." + (100 + random.nextInt(900)));
            asks.add((5_000 + i) + ".00 2." + (100 + random.nextInt(900)));
        }
        return Payloads.snapshot(id, bids, asks);
    }
}
