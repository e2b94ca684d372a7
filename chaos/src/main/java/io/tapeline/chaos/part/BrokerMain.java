package io.tapeline.chaos.part;

import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker: {@code DIRECTORY PORT}. Stops in order when it is asked to. */
final class BrokerMain {

    private static final int FAULT = 3;

    private BrokerMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        EmbeddedBroker broker =
                new EmbeddedBroker(
                        BrokerSettings.in(Path.of(args[0])).withPort(Integer.parseInt(args[1])),
                        fault -> {
                            System.err.println("broker: " + fault);
                            Runtime.getRuntime().halt(FAULT);
                        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker)));
        broker.start();
        new CountDownLatch(1).await();
    }

    private static void stop(EmbeddedBroker broker) {
        try {
            broker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
