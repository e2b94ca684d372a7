package io.tapeline.clickhouse;

import java.nio.file.Path;

/** The engine's process: {@code LIBRARY DIRECTORY PORT}. Says on a line where it listens. */
final class EngineMain {

    /** Followed by the port. */
    static final String LISTENS = "engine listens on ";

    private EngineMain() {}

    public static void main(String[] args) throws Exception {
        EngineServer server =
                new EngineServer(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println(LISTENS + server.port());
        System.out.flush();
        // Ends with the process that started it, whatever ends that: its input closes then.
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
