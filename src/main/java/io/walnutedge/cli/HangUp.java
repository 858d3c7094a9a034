package io.walnutedge.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. The Java Development Kit has it in {@code sun.misc.Signal} alone (module jdk.unsupported, which JEP 260 keeps
 * accessible), and its compiler warns of that class wherever it is named; so it is asked for by its name.
 */
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /** Has the signal handled on a thread of its own, in place of ending the process. Any thread. */
    static void handle(Runnable task) {
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
}
