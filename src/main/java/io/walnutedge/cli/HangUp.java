package io.walnutedge.cli;

import io.walnutedge.systemd.IgnoredSignal;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. The Java Development Kit has it in {@code sun.misc.Signal} alone (module jdk.unsupported, which JEP 260 keeps
 * accessible), and its compiler warns of that class wherever it is named; so it is asked for by its name.
 *
 * <p>Until it is handled it would end the process. So the first thing that {@code run} does is {@link #hold}; and because
 * the virtual machine takes its time before that, the launcher has the signal ignored, which a program inherits
 * (execve(2)). The virtual machine handles no signal that was ignored when it began ({@code JVM_RegisterSignal},
 * os_posix), so that it has to be given another action first.
 */
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private static final Runnable HELD = HangUp::early;

    private static volatile Runnable task = HELD;

    private static volatile boolean asked;

    private HangUp() {}

    private static void early() {
        asked = true;
        var now = task;
        if (now != HELD) {
            // it came between the two
            now.run();
        }
    }

    /** From now on the signal waits for {@link #handle} in place of ending the process. */
    static void hold() {
        if (IgnoredSignal.isHangUpIgnored()) {
            // what it takes is loaded beside the configuration; until then it stays ignored
            var thread = new Thread(HangUp::heed, "hangup");
            thread.setDaemon(true);
            thread.start();
        } else {
            install();
        }
    }

    private static void heed() {
        try {
            IgnoredSignal.heedHangUp();
            install();
        } catch (IOException impossible) {
            LOG.warn("SIGHUP is ignored, in place of loading the configuration again: {}", impossible.getMessage());
        }
    }

    private static void install() {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var type = Class.forName("sun.misc.SignalHandler");
            var handler = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                switch (method.getName()) {
                    case "handle" -> task.run();
                    case "equals" -> {
                        return args != null && self == args[0];
                    }
                    case "hashCode" -> {
                        return System.identityHashCode(self);
                    }
                    default -> LOG.debug("{} of a signal's handler", method.getName());
                }
                return null;
            });
            signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handler);
        } catch (ReflectiveOperationException missing) {
            LOG.warn("SIGHUP ends the daemon here, in place of loading its configuration again", missing);
        }
    }

    /** Has the signal handled on a thread of its own; one that came before is handled now. Any thread. */
    static void handle(Runnable reload) {
        task = reload;
        if (asked) {
            reload.run();
        }
    }
}
