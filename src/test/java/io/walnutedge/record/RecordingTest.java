package io.walnutedge.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.config.SensorsJson;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.simulate.SimulatedBoard;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final long LIMIT = 1 << 20;
    private static final String CONFIG = """
        mqtt { broker = "tcp://10.0.0.1", user = geheim1, login-note = geheim2 }
        sensors {
          room { type = bme280, address = 0x76 }
          hall { type = sht3x }
          tank { type = ds18b20, id = 28-0316a2795bff }
          cpu { type = thermal, zone = cpu-thermal }
          gone { type = bh1750, bus = 7 }
        }
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Plan plan(String config) throws Exception {
        var problems = new Problems();
        return new PlanReader(Drivers.installed(), SimulatedBoard::canonicalPin)
                .read(ConfigFile.parse(config, problems), problems);
    }

    private static String sensorsOnly(String config) {
        return config.lines().skip(1).reduce("", (text, line) -> text + line + "\n");
    }

    /** Values and errors, sample by sample; a sensor that could not be opened is opened again, as the daemon does. */
    private static List<String> sample(Plan plan, Hardware hardware, int rounds, Runnable between) throws Exception {
        var samples = new ArrayList<String>();
        var open = new Sensor[plan.sensors().size()];
        for (var round = 0; round < rounds; round++) {
            for (var i = 0; i < open.length; i++) {
                var sensor = plan.sensors().get(i);
                try {
                    if (open[i] == null) {
                        open[i] = sensor.plan().opening().open(hardware);
                    }
                    samples.add(sensor.id() + " " + open[i].read());
                } catch (SensorException trouble) {
                    samples.add(sensor.id() + " " + trouble.getMessage());
                    if (open[i] != null) {
                        open[i].close();
                    }
                    open[i] = null;
                }
            }
            between.run();
        }
        Arrays.stream(open).filter(sensor -> sensor != null).forEach(Sensor::close);
        return samples;
    }

    private Path record(List<String> samples) throws Exception {
        var scenario = Files.writeString(
                directory.resolve("scenario.conf"),
                "sensors { hall { faults = [ { kind = nack, probability = 0.3 } ] } }");
        var file = directory.resolve("recording");
        var plan = plan(sensorsOnly(CONFIG).replace("bus = 7", "bus = 1"));
        var recorded = plan(sensorsOnly(CONFIG));
        var config = Files.writeString(directory.resolve("recorded.conf"), CONFIG);
        try (var board = SimulatedBoard.create(plan, Optional.of(scenario), Optional.of(3L), System::nanoTime)
                        .board();
                var recording = Recording.begin(
                        file,
                        "test",
                        SensorsJson.write(config, type -> true),
                        board.roots(),
                        System::nanoTime,
                        Instant.EPOCH,
                        LIMIT)) {
            var rounds = new AtomicInteger();
            var w1 = board.roots().sys().resolve("bus/w1/devices/28-0316a2795bff");
            var hidden = w1.resolveSibling("away");
            samples.addAll(sample(recorded, recording.around(board.hardware()), 30, () -> {
                // the thermometer is away for ten rounds
                try {
                    if (rounds.incrementAndGet() == 10) {
                        Files.move(w1, hidden);
                    } else if (rounds.get() == 20) {
                        Files.move(hidden, w1);
                    }
                } catch (IOException failed) {
                    throw new AssertionError(failed);
                }
            }));
        }
        return file;
    }

    private static List<String> play(Path file) throws Exception {
        var replay = Replay.open(file);
        try (var board = ReplayBoard.create(replay)) {
            var problems = new Problems();
            var sensors = SensorsJson.read(replay.config(), Drivers.installed()::isRecorded);
            var plan = new PlanReader(Drivers.installed(), SimulatedBoard::canonicalPin)
                    .read(sensors.settings(problems), problems);
            var samples = sample(plan, board, 30, () -> {});
            assertThat(replay.deviations()).isEmpty();
            return samples.stream()
                    .map(sample -> sample.replace(board.files().sys().toString(), "SYS"))
                    .toList();
        }
    }

    @Test
    void replay_givesTheSameReadingsAndTheSameErrors() throws Exception {
        var samples = new ArrayList<String>();
        var file = record(samples);
        var replayed = play(file);
        assertThat(samples)
                .anySatisfy(sample -> assertThat(sample).startsWith("hall ").contains("Remote I/O error"))
                .anySatisfy(sample -> assertThat(sample).startsWith("tank ").doesNotContain("Measurement"))
                .anySatisfy(sample -> assertThat(sample).startsWith("gone there is no i2c-7"));
        assertThat(replayed).hasSameSizeAs(samples);
        // each sensor's by themselves: the order of the sensors is the file's, which a recording has lost
        var bySensor = Comparator.comparing((String sample) -> sample.substring(0, sample.indexOf(' ')));
        samples.sort(bySensor);
        replayed = replayed.stream().sorted(bySensor).toList();
        for (var i = 0; i < samples.size(); i++) {
            // the directory of the board is another one
            var was = samples.get(i).replaceAll("/[^ ]*/sys/", "SYS/");
            assertThat(replayed.get(i).replaceAll("/[^ ]*/sys/", "SYS/"))
                    .as("sample %d", i)
                    .isEqualTo(was);
        }
    }

    @Test
    void file_cutAnywhere_playsWhatIsSound() throws Exception {
        var bytes = Files.readAllBytes(record(new ArrayList<>()));
        var header = new String(bytes, StandardCharsets.UTF_8).indexOf('\n');
        var cut = directory.resolve("cut");
        for (var length = 0; length < Math.min(bytes.length, 6000); length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            if (length < header) {
                assertThatThrownBy(() -> Replay.open(cut)).isInstanceOf(IOException.class);
            } else {
                assertThat(Replay.open(cut).damage()).as("cut at %d", length).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void damagedLine_isTold_andTheOthersArePlayed() throws Exception {
        var lines = new ArrayList<>(Files.readAllLines(record(new ArrayList<>())));
        lines.set(4, "{\"t\":1,\"i2c\":\"1:118\",\"in\":\"0g\"}");
        lines.set(5, "{\"t\":1,\"smoke\":\"signal\",\"in\":\"00\"}");
        lines.set(6, "\u0000\u0000");
        var replay = Replay.open(Files.write(directory.resolve("damaged"), lines));
        assertThat(replay.damage()).hasSize(3).first().asString().startsWith("line 5: ");
        assertThat(replay.sources()).contains("i2c 1:118", "i2c 1:68");
        assertThatThrownBy(() -> Replay.open(Files.writeString(directory.resolve("other"), "{\"x\":1}\n")))
                .hasMessageContaining("is no recording");
    }

    @Test
    void otherQuestion_isToldWithItsLine() throws Exception {
        var file = directory.resolve("r");
        Files.writeString(file, """
                {"walnut-edge-recording":1}
                {"t":1,"i2c":"1:72","out":"00","count":2,"in":"1900"}
                """);
        var replay = Replay.open(file);
        try (var board = ReplayBoard.create(replay)) {
            var registers = board.registers(1, 0x48);
            assertThatThrownBy(() -> registers.readRegister(1, 2))
                    .hasMessageContaining("asked [01] and 2 bytes back, not [00] and 2 bytes back as in line 2");
            assertThatThrownBy(() -> registers.read(2)).hasMessage("the recording ends here");
            assertThat(replay.deviations()).singleElement().asString().contains("line 2");
            assertThat(replay.isOver()).isTrue();
        }
    }

    @Test
    void begin_neverOverwrites() throws Exception {
        var there = Files.writeString(directory.resolve("there"), "mine");
        assertThatThrownBy(
                        () -> Recording.begin(there, "test", "", Roots.SYSTEM, System::nanoTime, Instant.EPOCH, LIMIT))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
    }

    @Test
    void limit_endsTheRecordingAtAWholeLine() throws Exception {
        var file = directory.resolve("short");
        try (var recording = Recording.begin(file, "test", "{}", Roots.SYSTEM, System::nanoTime, Instant.EPOCH, 1000)) {
            for (var i = 0; i < 100; i++) {
                recording.read(Path.of("/sys/class/thermal/thermal_zone0/temp"), new byte[] {'4', '2'});
            }
        }
        assertThat(Files.size(file)).isBetween(900L, 1000L);
        assertThat(Replay.open(file).damage()).isEmpty();
        assertThat(Files.readString(file)).contains("\"file\":\"sys/class/thermal/thermal_zone0/temp\"");
    }

    /** The sensors never notice; and the writer is left alone from then on. */
    @Test
    void fullDisk_endsTheRecording() {
        var writes = new AtomicInteger();
        var full = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                writes.incrementAndGet();
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {
                // nothing is kept
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
        var recording = new Recording(directory.resolve("full"), full, Roots.SYSTEM, System::nanoTime, LIMIT);
        assertThatCode(() -> {
                    recording.read(Path.of("/sys/x"), new byte[1]);
                    recording.failed(Path.of("/sys/x"), new SensorException("gone"));
                })
                .doesNotThrowAnyException();
        assertThat(writes).hasValue(1);
    }

    /** Neither the umask nor a link that somebody planted under the file's name decides who reads it. */
    @Test
    void file_isItsOwnersAlone_andMadeAnew() throws Exception {
        var file = directory.resolve("mine");
        Recording.begin(file, "test", "{}", Roots.SYSTEM, System::nanoTime, Instant.EPOCH, LIMIT)
                .close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var target = directory.resolve("target");
        for (var planted : List.of(target, Files.writeString(directory.resolve("there"), "theirs"))) {
            var link = Files.createSymbolicLink(directory.resolve("link-" + planted.getFileName()), planted);
            assertThatThrownBy(() ->
                            Recording.begin(link, "test", "{}", Roots.SYSTEM, System::nanoTime, Instant.EPOCH, LIMIT))
                    .isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(target).doesNotExist();
        assertThat(directory.resolve("there")).hasContent("theirs");
    }

    /** What a file outside the kernel's holds, or is called, is nobody else's matter. */
    @Test
    void foreignFile_isNotRecorded() throws Exception {
        var file = directory.resolve("r");
        try (var recording =
                Recording.begin(file, "test", "{}", Roots.SYSTEM, System::nanoTime, Instant.EPOCH, LIMIT)) {
            var foreign = Path.of("/home/geheim");
            recording.read(foreign, "geheim".getBytes(StandardCharsets.UTF_8));
            recording.failed(foreign, new SensorException("geheim"));
            assertThat(recording.look(foreign, () -> "geheim")).isEqualTo("geheim");
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }
}
