package io.tapeline.chaos.part;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main class, {@code CLASS ARGUMENT...}, and ends when its input does: with whoever
 * started it, whatever ends that. A frozen process ends when it is continued or killed.
 */
final class Tethered {

    private Tethered() {}

    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().name("tether").daemon(true).start(Tethered::awaitEnd);
        Method main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("tether: its input cannot be read: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
