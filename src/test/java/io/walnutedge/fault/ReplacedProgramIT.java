package io.walnutedge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.testkit.Javas;
import io.walnutedge.testkit.Mosquitto;
import io.walnutedge.testkit.Program;
import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program's files are written over in place while it runs: it ends, and leaves its outputs in their states on stop. */
class ReplacedProgramIT {
    private static final int LAMP = 73;
    private static final int FAILED = 1;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration SECONDS = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    /** What is done to each jar. */
    enum Damage {
        EMPTIED {
            @Override
            void to(RandomAccessFile jar) throws IOException {
                jar.setLength(0);
            }
        },
        OF_ANOTHER_VERSION {
            @Override
            void to(RandomAccessFile jar) throws IOException {
                var half = new byte[(int) jar.length() / 2];
                jar.readFully(half);
                jar.seek(7);
                jar.write(half);
            }
        },
        ZEROED {
            @Override
            void to(RandomAccessFile jar) throws IOException {
                jar.write(new byte[(int) jar.length()]);
            }
        };

        abstract void to(RandomAccessFile jar) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void jarsWrittenOver_endTheProcess_atTheFirstClassThatIsMissing(Damage damage) throws Exception {
        var lines = new FakeLines(directory.resolve("sys"), LAMP);
        var jars = copyOfTheProgram();
        var config = Files.writeString(directory.resolve("a.conf"), "");
        try (var broker = Mosquitto.start(directory);
                var seen = Subscriber.start(broker, "walnutpi/#")) {
            var hocon = "device { id = t, sys-root = \"" + directory.resolve("sys") + "\" }\nmqtt.broker = \""
                    + broker.uri() + "\"\noutbox.dir = \"" + directory.resolve("outbox")
                    + "\"\noutputs.lamp { pin = gpio" + LAMP + ", initial = on, on-stop = off }\n";
            Files.writeString(config, hocon);
            var java = Javas.current();
            try (var daemon = Program.of(
                    List.of(java, "-jar", jars.resolve("walnut-edge.jar").toString(), "run", "-c", config.toString()),
                    Map.of())) {
                assertThat(Station.isSoon(
                                SOON, () -> seen.last("walnutpi/t/lamp").equals("ON")))
                        .isTrue();
                overwrite(jars, damage);
                var begin = System.nanoTime();
                // of a kind that no class was loaded for
                Files.writeString(config, hocon + "sensors.f { type = formula, formula = \"1 + 1\", unit = x }\n");
                Subscriber.publish(
                        broker, "walnutpi/t/command", "{\"output\":\"lamp\",\"state\":\"ON\",\"for\":\"1 h\"}");
                hangUp(daemon);
                assertThat(daemon.end(SOON)).as(daemon.text()).isEqualTo(FAILED);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SECONDS);
                assertThat(daemon.text()).contains("died; the process ends");
                assertThat(lines.isHigh(LAMP)).as(daemon.text()).isFalse();
            }
        }
    }

    private static void hangUp(Program daemon) throws Exception {
        new ProcessBuilder("/usr/bin/kill", "-HUP", Long.toString(daemon.pid()))
                .start()
                .waitFor();
    }

    private Path copyOfTheProgram() throws IOException {
        var home = Files.createDirectories(directory.resolve("home/lib"))
                .resolveSibling(".")
                .normalize();
        Files.copy(Program.jar(), home.resolve("walnut-edge.jar"));
        try (var libraries = Files.list(Program.jar().resolveSibling("lib"))) {
            for (var library :
                    libraries.filter(each -> each.toString().endsWith(".jar")).toList()) {
                Files.copy(
                        library,
                        home.resolve("lib").resolve(library.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return home;
    }

    private static void overwrite(Path home, Damage damage) throws IOException {
        try (var all = Files.walk(home)) {
            for (var jar : all.filter(each -> each.toString().endsWith(".jar")).toList()) {
                try (var file = new RandomAccessFile(jar.toFile(), "rw")) {
                    damage.to(file);
                }
            }
        }
    }
}
