package io.walnutedge.cli;

/** SIGHUP, by the class that the Java Development Kit supports for it (module jdk.unsupported, JEP 260). Any thread. */
final class HangUp {
    private HangUp() {}

    /** Has the signal handled on a thread of its own, in place of ending the process. */
    @SuppressWarnings("sunapi")
    static void handle(Runnable task) {
        sun.misc.Signal.handle(new sun.misc.Signal("HUP"), signal -> task.run());
    }
}
