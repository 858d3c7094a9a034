package io.walnutedge.config;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The clouds of which the login is built in, by their {@code type}, with the keys that each one needs beside its secret. */
public final class Clouds {
    private static final DeviceConfig DEVICE =
            new DeviceConfig("board1", "0a1b2c3d", Path.of("/sys"), Path.of("/proc"), Path.of("/dev"));

    private Clouds() {}

    public static Map<String, List<String>> keys() {
        return Stream.of(LoginType.values())
                .filter(type -> type != LoginType.PASSWORD)
                .map(LoginType::toString)
                .collect(Collectors.toMap(type -> type, Clouds::missing, (one, other) -> one, TreeMap::new));
    }

    /** What a login without them lacks. */
    private static List<String> missing(String type) {
        var problems = new Problems();
        MqttConfig.from(
                ConfigFile.parse("login { type = " + type + ", secret-file = \"/nowhere\" }", problems), DEVICE);
        return problems.list().stream()
                .filter(problem -> problem.message().equals("is required and missing"))
                .map(problem -> problem.path().replace("login.", ""))
                .toList();
    }
}
