package io.tapeline.chaos.fault;

/** Of faults, with what each stands for. */
public enum Kind {
    KILL("kill -9, started again", "a crash, a process out of memory, a machine lost"),
    FREEZE(
            "SIGSTOP, then SIGCONT",
            "a long pause of the collector, a machine that swaps or is moved"),
    RESTART("SIGTERM, started again", "a deployment"),
    FULL_DISK(
            "no file of the process can grow (RLIMIT_FSIZE 0), then it can, and is started again if"
                    + " it ended; of the engine: it refuses rows for want of room",
            "a disk without room: writes fail, though with EFBIG in place of ENOSPC, and what is"
                    + " deleted makes no room"),
    SLOW_LINK("latency and little bandwidth between two parts", "a bad network"),
    DARK_LINK(
            "nothing arrives between two parts, nobody is told",
            "a partition, a firewall that drops"),
    CUT_LINK("every connection between two parts is reset", "a load balancer that restarts"),
    CLOCK_JUMP(
            "the exchange's clock jumps against ours, and back",
            "a step of either clock; the times of events and the clock of the services differ"),
    EXCHANGE("a fault of the simulated exchange", "what its documentation and years of use tell");

    private final String what;
    private final String standsFor;

    Kind(String what, String standsFor) {
        this.what = what;
        this.standsFor = standsFor;
    }

    public String what() {
        return what;
    }

    public String standsFor() {
        return standsFor;
    }
}
