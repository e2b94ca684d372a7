package io.tapeline.chaos.part;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines of processes on this class path, each of which ends with its input. */
public final class ServiceCommand {

    private static final int BROKER_MEGABYTES = 512;

    private ServiceCommand() {}

    public static List<String> broker(Path directory, int port) {
        return java(
                BrokerMain.class.getName(),
                BROKER_MEGABYTES,
                List.of(
                        "-Dlogback.configurationFile=chaos-logback.xml",
                        "-Dtapeline.chaos.log=INFO"),
                List.of(directory.toString(), Integer.toString(port)));
    }

    /**
     * @param main class of a service
     * @param megabytes of its heap
     * @param settings by their whole names
     */
    public static List<String> of(String main, int megabytes, Map<String, String> settings) {
        return java(
                main,
                megabytes,
                List.of(),
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    private static List<String> java(
            String main, int megabytes, List<String> flags, List<String> arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + megabytes + "m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(flags);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Tethered.class.getName(),
                        main));
        command.addAll(arguments);
        return command;
    }
}
