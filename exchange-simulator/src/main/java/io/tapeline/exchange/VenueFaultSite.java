package io.tapeline.exchange;

import io.tapeline.exchange.coingecko.SimulatedCoinGecko;
import io.tapeline.exchange.deribit.SimulatedDeribit;
import io.tapeline.exchange.fault.ActiveFault;
import io.tapeline.exchange.fault.FaultSite;
import io.tapeline.exchange.fault.SocketFault;
import io.tapeline.exchange.fault.VenueFault;
import java.util.Set;
import java.util.stream.Collectors;

/** Does the faults of Deribit and CoinGecko. */
final class VenueFaultSite implements FaultSite<VenueFault> {

    private final SimulatedDeribit deribit;
    private final SimulatedCoinGecko coingecko;

    VenueFaultSite(SimulatedDeribit deribit, SimulatedCoinGecko coingecko) {
        this.deribit = deribit;
        this.coingecko = coingecko;
    }

    @Override
    public void begin(VenueFault fault, ActiveFault active) {
        switch (fault) {
            case VenueFault.DeribitClose(SocketFault.Manner manner) -> {
                strike(active, deribit.connections());
                switch (manner) {
                    case CLOSE -> deribit.closeSockets();
                    case RESET -> deribit.dropSockets();
                }
                active.finish();
            }
            case VenueFault.DeribitHalfOpen() -> {
                strike(active, deribit.connections());
                deribit.halfOpen();
                active.finish();
            }
            case VenueFault.DeribitStall stall ->
                    deribit.stall(channel ->
                            !active.over()
                                    && stall.streams().matches(channel)
                                    && active.tryStrike(channel));
            case VenueFault.DeribitRefuse _ -> deribit.refuse(() -> active.tryStrike("socket"));
            case VenueFault.DeribitMaintenance _ ->
                    deribit.maintenance(() -> active.tryStrike("call"));
            case VenueFault.DeribitNoHeartbeat _ -> deribit.withoutHeartbeats(() -> !active.over());
            case VenueFault.CoinGeckoError error ->
                    coingecko.refuse(error.status(), () -> active.tryStrike("call"));
            case VenueFault.CoinGeckoUnchanged _ -> coingecko.freeze(() -> !active.over());
            case VenueFault.CoinGeckoNulls nulls ->
                    coingecko.nullValues(
                            coingecko.coins().stream()
                                    .filter(nulls.coin()::matches)
                                    .collect(Collectors.toUnmodifiableSet()));
        }
    }

    private static void strike(ActiveFault active, int sockets) {
        for (int i = 0; i < sockets; i++) {
            active.strike("socket");
        }
    }

    @Override
    public void end(VenueFault fault, ActiveFault active) {
        switch (fault) {
            case VenueFault.DeribitClose _, VenueFault.DeribitHalfOpen _ -> {}
            case VenueFault.DeribitStall _ -> deribit.stall(channel -> false);
            case VenueFault.DeribitRefuse _ -> deribit.refuse(() -> false);
            case VenueFault.DeribitMaintenance _ -> deribit.maintenance(() -> false);
            case VenueFault.DeribitNoHeartbeat _ -> deribit.withoutHeartbeats(() -> false);
            case VenueFault.CoinGeckoError error -> coingecko.refuse(error.status(), () -> false);
            case VenueFault.CoinGeckoUnchanged _ -> coingecko.freeze(() -> false);
            case VenueFault.CoinGeckoNulls _ -> coingecko.nullValues(Set.of());
        }
    }
}
