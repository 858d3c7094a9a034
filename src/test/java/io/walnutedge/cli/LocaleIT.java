package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chinese names of files, topics and arguments, where there is no locale: as a service, and a bare Java. */
class LocaleIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path LAUNCHER = Path.of("deploy/walnut-edge").toAbsolutePath();
    private static final Path EXAMPLE = Path.of("config/examples/温室.conf").toAbsolutePath();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** The launcher with nothing in its environment, as systemd starts it, or with what a terminal has. */
    private Program launch(List<String> environment, String... arguments) throws IOException {
        var home = Files.createDirectories(directory.resolve("home"));
        if (!Files.exists(home.resolve("walnut-edge.jar"))) {
            Files.createSymbolicLink(home.resolve("walnut-edge.jar"), Program.jar());
            Files.createSymbolicLink(home.resolve("lib"), Program.jar().resolveSibling("lib"));
            var isArm = System.getProperty("os.arch").equals("aarch64");
            Files.createSymbolicLink(
                    Files.createDirectories(home.resolve("native")).resolve(isArm ? "aarch64" : "x86_64"),
                    Program.jar().resolveSibling("native/com/sun/jna/linux-" + (isArm ? "aarch64" : "x86-64")));
        }
        var command = new ArrayList<>(List.of(
                "env", "-i", "PATH=/usr/bin:/bin", "WALNUT_EDGE_HOME=" + home, "WALNUT_EDGE_JAVA=" + Javas.current()));
        command.addAll(environment);
        command.addAll(List.of("sh", LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return Program.of(command, Map.of());
    }

    private String said(int status, String... arguments) throws IOException {
        try (var program = launch(List.of(), arguments)) {
            assertThat(program.end(LIMIT)).as(program.text()).isEqualTo(status);
            return program.text();
        }
    }

    private Path config(Mosquitto broker) throws IOException {
        var etc = Files.createDirectories(directory.resolve("配置：温室"));
        var level = Files.writeString(directory.resolve("水位（厘米）.txt"), "42.5");
        Files.writeString(Files.createDirectory(etc.resolve("conf.d")).resolve("温室.conf"), """
            sensors { tank { type = file, path = "%s", every = 200 ms, unit = "℃", topic = "农场：一号／水位" } }
            """.formatted(level));
        return Files.writeString(
                etc.resolve("application.conf"), """
                    device { id = t, name = "一号温室" }
                    mqtt { broker = "%s", client-id = "温室：一号", discovery = device }
                    outbox.dir = "%s"
                    """.formatted(broker.uri(), directory.resolve("数据/队列")));
    }

    @Test
    void service_withoutALocale_readsPublishesKeepsAndReloads() throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "#")) {
            var config = config(broker).toString();
            assertThat(said(0, "check", "-c", config)).contains("conf.d/温室.conf", "农场：一号／水位");
            for (var environment : List.of(List.<String>of(), List.of("LANG=fa_IR.UTF-8"))) {
                try (var daemon = launch(environment, "run", "-c", config)) {
                    var before = seen.messages("农场：一号／水位").size();
                    await().atMost(LIMIT).until(() -> seen.messages("农场：一号／水位").size() > before || !daemon.isAlive());
                    assertThat(seen.last("农场：一号／水位")).as(daemon.text()).startsWith("42.5");
                    assertThat(said(0, "status", "-c", config)).contains("tank", "42.5");
                    daemon.terminate();
                    assertThat(daemon.end(LIMIT)).isEqualTo(143);
                }
            }
            assertThat(directory.resolve("数据/队列")).isDirectoryContaining("glob:**/lock");
            assertThat(seen.lines()).anyMatch(line -> line.contains("homeassistant/device/") && line.contains("一号温室"));
        }
    }

    @Test
    void argumentsWithoutALocale_arriveAsTheyWereTyped() throws Exception {
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "#")) {
            var config = config(broker).toString();
            said(0, "pub", "测试：（一）🌡", "你好：“世界”", "--retain", "-c", config);
            await().atMost(LIMIT).until(() -> seen.last("测试：（一）🌡").equals("你好：“世界”"));
            assertThat(said(0, "sub", "-v", "-n", "1", "测试：（一）🌡", "-c", config))
                    .contains("测试：（一）🌡 你好：“世界”");
            assertThat(said(1, "pub", "a\tb", "x", "-c", config))
                    .contains("'a\\tb' is no topic to publish to: it has a control character, U+0009");
            assertThat(said(1, "sub", "$share/g/a\u0085b", "-c", config))
                    .contains("a\\u0085b' cannot be subscribed to: it has a control character, U+0085");
        }
    }

    @Test
    void chineseExample_isGood_andRunsSimulated() throws Exception {
        assertThat(said(0, "check", "-c", EXAMPLE.toString())).contains("温室.conf is good", "农场：一号／温室/水温（℃）");
        assertThat(said(0, "simulate", "--plain", "--for", "5s", "-c", EXAMPLE.toString()))
                .contains("water/temperature");
    }

    /** Java was started without the launcher, and without UTF-8: each name that it cannot have is a mistake, with its line. */
    @Test
    void bareJava_withoutALocale_namesWhatItCannotOpen() throws Exception {
        var etc = Files.createDirectories(directory.resolve("etc"));
        var config = Files.writeString(etc.resolve("a.conf"), """
            device.id = t
            outbox.dir = "/数据"
            sensors {
              a { type = file, path = "/水位" }
              b { type = disk, path = "/盘" }
              c { type = exec, command = [/bin/echo, "水"] }
              d { type = network, interface = "网" }
            }
            outputs.o { type = led, led = "灯" }
            mqtt.tls.ca-file = "/证书"
            """).toString();
        try (var check = Program.start(Map.of("LC_ALL", "C"), "check", "-c", config)) {
            assertThat(check.end(LIMIT)).as(check.text()).isEqualTo(Cli.CONFIG);
            for (var line : List.of(2, 4, 5, 6, 7, 9, 10)) {
                assertThat(check.output())
                        .as("line %s", line)
                        .anyMatch(said -> said.contains("a.conf:" + line + ": ") && said.contains("LC_ALL=C.UTF-8"));
            }
            assertThat(check.text()).doesNotContain("Exception", "at java.", "at io.walnutedge");
        }
        for (var command : List.of("check", "run")) {
            try (var other = Program.start(Map.of("LC_ALL", "C"), command, "-c", "/配置.conf")) {
                assertThat(other.end(LIMIT)).as(other.text()).isNotZero();
                assertThat(other.text())
                        .contains("LC_ALL=C.UTF-8")
                        .doesNotContain("Exception", "at java.", "at io.walnutedge");
            }
        }
    }
}
