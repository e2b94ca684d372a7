package io.tapeline.benchmarks.broker;

import io.tapeline.kafka.BrokerSettings;
import io.tapeline.kafka.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Runs a broker over the directory that is named until its input ends. */
final class BrokerMain {

    static final String READY = "bootstrap=";

    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(Path.of(args[0])))) {
            broker.start();
            System.out.println(READY + broker.bootstrap());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
