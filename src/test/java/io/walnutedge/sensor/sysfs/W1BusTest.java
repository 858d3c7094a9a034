package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Common conversions and resolutions, with a kernel that a DS2482 or any other bus master may stand behind. */
class W1BusTest {
    private static final String ONE = "28-000005e2fdc3";
    private static final String TWO = "10-000802b4a1c7";
    private static final String BULK = "sys/devices/w1_bus_master1/therm_bulk_read";

    @TempDir
    Path directory;

    private long now;
    private final List<String> written = new ArrayList<>();
    private int pauses;
    private String afterTrigger = "1";
    private final Ds18b20 driver = new Ds18b20(this::write, () -> now);

    private SysTree tree() {
        return new SysTree(directory)
                .with(slave("w1_bus_master1", ONE, 21000) + slave("w1_bus_master1", TWO, 22000) + BULK + " = 0\n");
    }

    private static String slave(String master, String id, int milliCelsius) {
        var device = "sys/devices/" + master + "/" + id;
        return "sys/bus/w1/devices/" + id + " -> ../../../devices/" + master + "/" + id + "\n" + device
                + "/temperature = " + milliCelsius + "\n" + (id.startsWith("10") ? "" : device + "/resolution = 12\n");
    }

    /** What the kernel does: a trigger becomes a state, everything else stays as it was written. */
    private void write(Path attribute, String text) throws IOException {
        written.add(text);
        AttributeWriter.KERNEL.write(attribute, text.equals("trigger\n") ? afterTrigger + "\n" : text);
    }

    private long triggers() {
        return written.stream().filter("trigger\n"::equals).count();
    }

    private Sensor open(String settings) throws Exception {
        var files = new SysTree(directory);
        return SysTree.plan(driver, settings).opening().open(new Hardware() {
            @Override
            public <T> T access(Class<T> kind) {
                return files.access(kind);
            }

            @Override
            public void pause(Duration duration) {
                pauses++;
                now += duration.toNanos();
                if (pauses == 3) {
                    files.with(BULK + " = 1");
                }
            }
        });
    }

    private static String id(String id) {
        return "id = \"" + id + "\"";
    }

    @Test
    void thermometersThatAreDueTogether_shareOneConversion() throws Exception {
        tree();
        var one = open(id(ONE));
        var two = open(id(TWO));
        assertThat(SysTree.shown(one.read())).containsExactly("temperature=21.00°C");
        assertThat(SysTree.shown(two.read())).containsExactly("temperature=22.00°C");
        assertThat(triggers()).isEqualTo(1);
        one.read();
        two.read();
        assertThat(triggers()).isEqualTo(2);
    }

    @Test
    void oneThermometerAlone_convertsForItself() throws Exception {
        tree();
        assertThat(open(id(ONE)).read()).hasSize(1);
        assertThat(triggers()).isZero();
    }

    @Test
    void closedThermometer_isNotCounted() throws Exception {
        tree();
        var one = open(id(ONE));
        open(id(TWO)).close();
        one.read();
        assertThat(triggers()).isZero();
    }

    @Test
    void busesAreSeparate() throws Exception {
        tree().with(slave("w1_bus_master2", "28-000005e2fdc4", 23000));
        var one = open(id(ONE));
        var other = open(id("28-000005e2fdc4"));
        one.read();
        other.read();
        assertThat(triggers()).isZero();
    }

    @Test
    void valueThatWaitedTooLong_isNotTaken() throws Exception {
        tree();
        var one = open(id(ONE));
        var two = open(id(TWO));
        one.read();
        now += Duration.ofMillis(1001).toNanos();
        two.read();
        assertThat(triggers()).isEqualTo(2);
    }

    @Test
    void conversionUnderWay_isAwaited() throws Exception {
        tree();
        afterTrigger = "-1";
        var one = open(id(ONE));
        open(id(TWO));
        one.read();
        assertThat(pauses).isEqualTo(3);
    }

    @Test
    void conversionThatNeverEnds_isToldAndNotAwaitedForEver() throws Exception {
        tree();
        afterTrigger = "-1";
        pauses = 3;
        var one = open(id(ONE));
        open(id(TWO));
        assertThatThrownBy(one::read).isInstanceOf(SensorException.class).hasMessageContaining("does not end");
        assertThat(pauses).isEqualTo(103);
    }

    @Test
    void triggerWithoutEffect_leavesEachToConvertForItself() throws Exception {
        tree();
        afterTrigger = "0";
        var one = open(id(ONE));
        var two = open(id(TWO));
        one.read();
        two.read();
        assertThat(triggers()).isEqualTo(2);
    }

    @Test
    void triggerThatFails_isTold() throws Exception {
        tree();
        var failing = new Ds18b20(
                (attribute, text) -> {
                    throw new IOException("Input/output error");
                },
                () -> now);
        var one = new SysTree(directory).open(failing, id(ONE));
        new SysTree(directory).open(failing, id(TWO));
        assertThatThrownBy(one::read)
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("cannot start a conversion")
                .hasMessageContaining("check wiring");
    }

    @Test
    void parallelOff_orNoTrigger_convertsEachForItself() throws Exception {
        var tree = tree();
        var one = open(id(ONE) + ", parallel = off");
        var two = open(id(TWO));
        one.read();
        two.read();
        tree.without(BULK);
        open(id(ONE)).read();
        assertThat(triggers()).isZero();
    }

    @Test
    void valueOfAConversionOfOthers_isThrownAway() throws Exception {
        Files.createDirectories(directory.resolve("m"));
        Files.writeString(directory.resolve("m/therm_bulk_read"), "0\n");
        var bus = new W1Bus(directory.resolve("m"), this::write, () -> now);
        var reads = new ArrayList<String>();
        var hardware = new SysTree(directory);
        var one = member(bus, true, "one", reads, hardware);
        member(bus, true, "two", reads, hardware);
        var off = member(bus, false, "off", reads, hardware);
        one.measure();
        now += Duration.ofSeconds(5).toNanos();
        off.measure();
        off.measure();
        assertThat(reads).containsExactly("one", "off", "off", "off");
        assertThat(triggers()).isEqualTo(1);
    }

    private static FoundSensor.Device member(
            W1Bus bus, boolean parallel, String name, List<String> reads, Hardware hardware) {
        var member = new W1Member(parallel);
        member.join(bus);
        return bus.device(
                member,
                new FoundSensor.Device() {
                    @Override
                    public List<Measurement> measure() {
                        reads.add(name);
                        return List.of();
                    }

                    @Override
                    public void close() {
                        reads.add("closed");
                    }
                },
                hardware);
    }

    @Test
    void resolution_isWrittenOnceAndOnlyWhereItDiffers() throws Exception {
        tree();
        var sensor = open(id(ONE) + ", resolution = 9");
        sensor.read();
        sensor.read();
        assertThat(written).containsExactly("9\n");
        open(id(ONE) + ", resolution = 9");
        assertThat(written).hasSize(1);
    }

    @Test
    void resolutionThatIsNotAllowed_saysTheUdevRule() {
        tree();
        var denying = new Ds18b20(
                (attribute, text) -> {
                    throw new AccessDeniedException(attribute.toString());
                },
                () -> now);
        assertThatThrownBy(() -> new SysTree(directory).open(denying, id(ONE) + ", resolution = 10"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("resolution may not be written by this user")
                .hasMessageContaining("SUBSYSTEM==\"w1\"");
    }

    @Test
    void resolutionThatTheChipDoesNotTake_isSaid() {
        tree();
        var fixed = new Ds18b20((attribute, text) -> written.add(text), () -> now);
        assertThatThrownBy(() -> new SysTree(directory).open(fixed, id(ONE) + ", resolution = 10"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("was set to 10 and stays at 12");
    }

    @Test
    void resolutionOfADs18s20_cannotBeChosen() {
        tree();
        assertThat(SysTree.problems(driver, id(TWO) + ", resolution = 9")).contains("cannot be chosen");
        assertThat(SysTree.problems(driver, "resolution = 13")).contains("9 to 12");
        assertThat(SysTree.problems(driver, "parallel = on")).contains("none of auto, off");
    }
}
