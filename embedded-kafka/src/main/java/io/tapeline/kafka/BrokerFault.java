package io.tapeline.kafka;

import java.util.function.Consumer;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles one kind of fault of the broker: logs it, counts it in Kafka's own metrics, and tells of
 * it when it is fatal.
 */
final class BrokerFault implements FaultHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerFault.class);
    private final String kind;
    private final boolean fatal;
    private final Runnable count;
    private final Consumer<Throwable> onFatal;

    BrokerFault(String kind, boolean fatal, Runnable count, Consumer<Throwable> onFatal) {
        this.kind = kind;
        this.fatal = fatal;
        this.count = count;
        this.onFatal = onFatal;
    }

    @Override
    public RuntimeException handleFault(String message, @Nullable Throwable cause) {
        LOG.atError()
                .setCause(cause)
                .addKeyValue("kind", kind)
                .addKeyValue("fatal", fatal)
                .addKeyValue("fault", message)
                .log("Embedded broker met a fault");
        count.run();
        FaultHandlerException fault = new FaultHandlerException(kind + ": " + message, cause);
        if (fatal) {
            onFatal.accept(fault);
        }
        return fault;
    }
}
