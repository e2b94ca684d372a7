package io.tapeline.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A process that starts a broker, has three records acknowledged, says so, and waits to be killed.
 */
final class KilledBroker {
    static final String TOPIC = "acknowledged";
    static final String ACKNOWLEDGED = "acknowledged";

    private KilledBroker() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(Path.of(arguments[0])));
        broker.start();
        Records records = new Records(broker.bootstrap());
        records.createTopic(TOPIC);
        records.produce(TOPIC, List.of("a", "b", "c"));
        System.out.println(ACKNOWLEDGED);
        new CountDownLatch(1).await();
    }
}
