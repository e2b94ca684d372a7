package io.tapeline.exchange;

import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.fault.MarketFault;
import io.tapeline.exchange.fault.MarketFault.Delist;
import io.tapeline.exchange.fault.MarketFault.HugeFrame;
import io.tapeline.exchange.fault.MarketFault.Listing;
import io.tapeline.exchange.fault.MarketFault.Quiet;
import io.tapeline.exchange.fault.MarketFault.StatusChange;
import io.tapeline.exchange.fault.NamePattern;
import io.tapeline.exchange.market.Market;
import io.tapeline.exchange.market.Pair;
import io.tapeline.exchange.market.PairStreams;
import io.tapeline.exchange.synthetic.SyntheticFlow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does what befalls pairs: listings, halts, delistings, silence. */
final class MarketFaults implements FaultSite<MarketFault> {

    private final MarketRunner runner;
    private final List<Huge> huge = new CopyOnWriteArrayList<>();
    private final Map<ActiveFault, List<Pair>> quiet = new HashMap<>();

    private record Huge(HugeFrame fault, ActiveFault active) {}

    MarketFaults(MarketRunner runner) {
        this.runner = runner;
        runner.streams().huge(this::isHuge);
    }

    @Override
    public void begin(MarketFault fault, ActiveFault active) {
        switch (fault) {
            case HugeFrame frame -> huge.add(new Huge(frame, active));
            case Quiet silence -> {
                SyntheticFlow unused = flow(fault);
                List<Pair> pairs = pairs(silence.symbols());
                quiet.put(active, pairs);
                pairs.forEach(pair -> {
                    pair.quiet(true);
                    active.strike(pair.spec().symbol());
                });
            }
            case Listing listing -> {
                SyntheticFlow flow = flow(fault);
                market().move(() -> flow.list(listing.base(), listing.quote()));
                active.strike(listing.symbol());
                active.finish();
            }
            case StatusChange change -> {
                SyntheticFlow unused = flow(fault);
                List<Pair> pairs = pairs(change.symbols());
                market().move(() -> pairs.forEach(pair -> pair.status(change.status())));
                pairs.forEach(pair -> active.strike(pair.spec().symbol()));
                active.finish();
            }
            case Delist delist -> {
                SyntheticFlow flow = flow(fault);
                List<Pair> pairs = pairs(delist.symbols());
                market().move(() -> pairs.forEach(pair -> flow.delist(pair.spec().symbol())));
                pairs.forEach(pair -> active.strike(pair.spec().symbol()));
                active.finish();
            }
        }
    }

    @Override
    public void end(MarketFault fault, ActiveFault active) {
        huge.removeIf(one -> one.active() == active);
        List<Pair> pairs = quiet.remove(active);
        if (pairs != null) {
            pairs.forEach(pair ->
                    pair.quiet(quiet.values().stream().anyMatch(other -> other.contains(pair))));
        }
    }

    private boolean isHuge(String stream) {
        for (Huge one : huge) {
            if (one.fault().streams().matches(stream) && one.active().tryStrike(stream)) {
                return true;
            }
        }
        return false;
    }

    private Market market() {
        return runner.market();
    }

    private SyntheticFlow flow(MarketFault fault) {
        SyntheticFlow flow = runner.synthetic();
        if (flow == null) {
            throw new IllegalArgumentException(
                    fault.name() + " needs a made-up market; a recording cannot be changed");
        }
        return flow;
    }

    private List<Pair> pairs(NamePattern symbols) {
        List<Pair> pairs =
                market().pairs().stream()
                        .map(PairStreams::pair)
                        .filter(pair -> symbols.matches(pair.spec().symbol()))
                        .toList();
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("no listed pair is named " + symbols);
        }
        return pairs;
    }
}
