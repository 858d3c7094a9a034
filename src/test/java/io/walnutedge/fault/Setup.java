package io.walnutedge.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a {@link Station} is set up.
 *
 * @param sensors how many oracles
 * @param every the interval of each
 * @param hocon more of the daemon's configuration
 * @param prefix of the command that starts the daemon; what it names must become the daemon
 * @param environment of the daemon, besides what the tests have
 * @param main the daemon's main class
 */
record Setup(
        int sensors, Duration every, String hocon, List<String> prefix, Map<String, String> environment, String main) {

    static Setup of(int sensors, Duration every) {
        return new Setup(sensors, every, "", List.of(), Map.of(), "io.walnutedge.Main");
    }

    Setup with(String more) {
        return new Setup(sensors, every, hocon + more + "\n", prefix, environment, main);
    }

    Setup behind(List<String> command) {
        return new Setup(sensors, every, hocon, command, environment, main);
    }

    Setup in(Map<String, String> variables) {
        return new Setup(sensors, every, hocon, prefix, variables, main);
    }

    Setup running(Class<?> other) {
        return new Setup(sensors, every, hocon, prefix, environment, other.getName());
    }
}
