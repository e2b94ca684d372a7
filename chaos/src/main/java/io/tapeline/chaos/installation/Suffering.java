package io.tapeline.chaos.installation;

import io.tapeline.chaos.fault.Fault;
import io.tapeline.chaos.network.Weather;
import io.tapeline.chaos.part.Member;
import java.io.IOException;
import java.time.Duration;

/** Does to an installation what a fault says, and undoes it. */
public final class Suffering {

    private final Installation installation;

    public Suffering(Installation installation) {
        this.installation = installation;
    }

    public void begin(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case Fault.Kill kill -> installation.part(kill.member()).kill();
            case Fault.Freeze freeze -> installation.part(freeze.member()).freeze();
            case Fault.Restart restart -> installation.part(restart.member()).stop();
            case Fault.FullDisk full when full.member() == Member.ENGINE ->
                    installation.engineRoom().fill();
            case Fault.FullDisk full -> installation.part(full.member()).fillDisk();
            case Fault.SlowLink slow ->
                    installation
                            .wire(slow.link())
                            .set(Weather.slow(slow.latency(), slow.bytesPerSecond()));
            case Fault.DarkLink dark -> installation.wire(dark.link()).set(Weather.DARK);
            case Fault.CutLink cut -> installation.wire(cut.link()).cut();
            case Fault.ClockJump jump -> installation.clock().move(jump.by());
            case Fault.ExchangeErrs errs ->
                    installation.admin().post(String.join("\n", errs.script()));
        }
    }

    /** The cause is gone; that all is well again takes as long as it takes. */
    public void end(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case Fault.Kill kill -> installation.part(kill.member()).start();
            case Fault.Freeze freeze -> installation.part(freeze.member()).thaw();
            case Fault.Restart restart -> installation.part(restart.member()).start();
            case Fault.FullDisk full when full.member() == Member.ENGINE ->
                    installation.engineRoom().free();
            case Fault.FullDisk full -> installation.part(full.member()).freeDisk();
            case Fault.SlowLink slow -> installation.wire(slow.link()).set(Weather.FAIR);
            case Fault.DarkLink dark -> installation.wire(dark.link()).set(Weather.FAIR);
            case Fault.CutLink _ -> {}
            case Fault.ClockJump _ -> installation.clock().move(Duration.ZERO);
            case Fault.ExchangeErrs _ -> installation.admin().endFaults();
        }
    }
}
