package io.tapeline.exchange;

import io.tapeline.exchange.fault.FaultScript;
import java.time.Clock;
import java.time.InstantSource;

/**
 * All that can be set about a simulated exchange.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param ledgerBytes how much the ledger keeps; the oldest is forgotten first
 * @param socketQueueFrames how many frames may wait for one socket. A replay slows down when half
 *     of it is taken; a made-up market disconnects the client when all of it is
 * @param venues the other venues on the same port
 * @param clock the wall clock: of the limits, and of a made-up market's events
 * @param faults what goes wrong, and when, counted from the start
 */
public record SimulatorSettings(
        String host,
        int port,
        Source source,
        Limits limits,
        long ledgerBytes,
        int socketQueueFrames,
        VenueSettings venues,
        InstantSource clock,
        FaultScript faults) {

    private static final long LEDGER_BYTES = 128L << 20;
    private static final int SOCKET_QUEUE_FRAMES = 32_768;

    public SimulatorSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "SimulatorSettings.port must be 0 to 65535, was " + port);
        }
        if (ledgerBytes < 0) {
            throw new IllegalArgumentException(
                    "SimulatorSettings.ledgerBytes must not be negative, was " + ledgerBytes);
        }
        if (socketQueueFrames < 16) {
            throw new IllegalArgumentException(
                    "SimulatorSettings.socketQueueFrames must be at least 16, was "
                            + socketQueueFrames);
        }
    }

    /** The source, on any free port of the loopback address, with the real exchange's limits. */
    public static SimulatorSettings of(Source source) {
        return new SimulatorSettings(
                "127.0.0.1",
                0,
                source,
                Limits.real(),
                LEDGER_BYTES,
                SOCKET_QUEUE_FRAMES,
                VenueSettings.real(),
                Clock.systemUTC(),
                FaultScript.empty());
    }

    public SimulatorSettings withHost(String newHost) {
        return new SimulatorSettings(
                newHost,
                port,
                source,
                limits,
                ledgerBytes,
                socketQueueFrames,
                venues,
                clock,
                faults);
    }

    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(
                host,
                newPort,
                source,
                limits,
                ledgerBytes,
                socketQueueFrames,
                venues,
                clock,
                faults);
    }

    public SimulatorSettings withLimits(Limits newLimits) {
        return new SimulatorSettings(
                host,
                port,
                source,
                newLimits,
                ledgerBytes,
                socketQueueFrames,
                venues,
                clock,
                faults);
    }

    public SimulatorSettings withLedgerBytes(long newLedgerBytes) {
        return new SimulatorSettings(
                host,
                port,
                source,
                limits,
                newLedgerBytes,
                socketQueueFrames,
                venues,
                clock,
                faults);
    }

    public SimulatorSettings withSocketQueueFrames(int newSocketQueueFrames) {
        return new SimulatorSettings(
                host,
                port,
                source,
                limits,
                ledgerBytes,
                newSocketQueueFrames,
                venues,
                clock,
                faults);
    }

    public SimulatorSettings withClock(InstantSource newClock) {
        return new SimulatorSettings(
                host,
                port,
                source,
                limits,
                ledgerBytes,
                socketQueueFrames,
                venues,
                newClock,
                faults);
    }

    public SimulatorSettings withFaults(FaultScript newFaults) {
        return new SimulatorSettings(
                host,
                port,
                source,
                limits,
                ledgerBytes,
                socketQueueFrames,
                venues,
                clock,
                newFaults);
    }

    public SimulatorSettings withVenues(VenueSettings newVenues) {
        return new SimulatorSettings(
                host,
                port,
                source,
                limits,
                ledgerBytes,
                socketQueueFrames,
                newVenues,
                clock,
                faults);
    }
}
