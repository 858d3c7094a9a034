package io.walnutedge.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.gpio.FakeLines;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import io.walnutedge.sensor.i2c.I2cBus;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Outputs of an expander with a supply of its own, behind an adapter that is taken out and comes back by another number: what
 * one of them does never changes the line of another.
 */
class MovedBusTest {
    private static final String NAME = "CP2112 SMBus Bridge on hidraw0";
    private static final String DEVICE = "/devices/platform/soc/usb1/1-1/1-1:1.0";
    private static final String NODE = "/soc/usb@1/i2c@0";
    private static final OptionalDouble OFF = OptionalDouble.of(0);
    private static final OptionalDouble ON = OptionalDouble.of(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** By number of the bus; the expander keeps its latch. */
    private final Map<Integer, Expander> plugged = new HashMap<>();

    private final Expander expander = new Expander();
    private final ActuatorHardware hardware =
            new ActuatorHardware(new FakeLines(), FakeLines::pin, new Buses(), Duration.ofSeconds(10));

    /** PCF8575, or with one byte PCF8574. */
    private static final class Expander {
        private int latch = 0xffff;
        private final List<Integer> words = new ArrayList<>();
    }

    private final class Buses implements Hardware, I2cBuses {
        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(
                    kind,
                    new DeviceFiles(
                            new Roots(directory.resolve("sys"), directory.resolve("proc"), directory.resolve("dev"))),
                    this);
        }

        @Override
        public Registers registers(int bus, int address) throws SensorException {
            return new Handle(bus, there(bus));
        }

        @Override
        public void pause(Duration duration) {
            throw new UnsupportedOperationException();
        }
    }

    private Expander there(int bus) throws SensorException {
        var found = plugged.get(bus);
        if (found == null) {
            throw new SensorException("no device on i2c-" + bus);
        }
        return found;
    }

    /** Of one number only, as a file of a device that is gone. */
    private final class Handle implements Registers {
        private final int bus;
        private final Expander opened;

        Handle(int bus, Expander opened) {
            this.bus = bus;
            this.opened = opened;
        }

        private void touch() throws SensorException {
            if (plugged.get(bus) != opened) {
                throw new SensorException("gone");
            }
        }

        @Override
        public void write(int... bytes) throws SensorException {
            touch();
            opened.latch = bytes[0] | (bytes.length > 1 ? bytes[1] << 8 : 0xff00);
            opened.words.add(opened.latch);
        }

        @Override
        public byte[] read(int count) throws SensorException {
            touch();
            return count == 1
                    ? new byte[] {(byte) opened.latch}
                    : new byte[] {(byte) opened.latch, (byte) (opened.latch >> 8)};
        }

        @Override
        public byte[] readRegister(int register, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private Path link(int number) {
        return directory.resolve("sys/bus/i2c/devices/i2c-" + number);
    }

    private void plug(int number) throws IOException {
        plug(number, DEVICE, NAME, expander);
        var node = Files.createDirectories(directory.resolve("sys/firmware/devicetree/base" + NODE));
        Files.createSymbolicLink(link(number).resolve("of_node"), node);
    }

    private void plug(int number, String device, String name, Expander chip) throws IOException {
        var own = Files.createDirectories(directory.resolve("sys" + device + "/i2c-" + number));
        Files.writeString(own.resolve("name"), name + "\n");
        Files.createDirectories(link(number).getParent());
        Files.createSymbolicLink(link(number), own);
        plugged.put(number, chip);
    }

    private void unplug(int number) throws IOException {
        Files.delete(link(number));
        plugged.remove(number);
    }

    private static ActuatorPlan plan(String type, String bus, int line) {
        var problems = new Problems();
        var table = ConfigFile.parse("line = " + line + ", bus = \"" + bus + "\"", problems);
        var plan = ActuatorDrivers.installed().find(type).orElseThrow().plan(table);
        assertThat(problems.list()).isEmpty();
        return plan;
    }

    private Actuator open(String type, String bus, int line, OptionalDouble level) throws ActuatorException {
        return plan(type, bus, line).opening().open(hardware, level);
    }

    /** The first time shows that what was open is gone. */
    private void openAgain(String bus, int line) throws ActuatorException {
        assertThatThrownBy(() -> open("pcf8574", bus, line, OFF)).hasMessage("gone");
        open("pcf8574", bus, line, OFF);
    }

    private void move(int from, int to) throws IOException {
        unplug(from);
        plug(to);
    }

    /** Line 5 is low in all that was written since. */
    private void assertLineFiveNeverRose() {
        assertThat(expander.words).isNotEmpty().allMatch(word -> (word & 0x20) == 0, "line 5 is low");
    }

    @ParameterizedTest
    @CsvSource({
        "pcf8574," + NAME,
        "pcf8574," + DEVICE,
        "pcf8574," + NODE,
        "pcf8575," + NAME,
        "pcf8575," + DEVICE,
        "pcf8575," + NODE
    })
    void oneOutputIsOpenedAnew_anotherOneGoesOn(String type, String bus) throws Exception {
        plug(3);
        var other = open(type, bus, 5, OFF);
        var one = open(type, bus, 2, OFF);
        expander.words.clear();
        for (var number = 3; number < 6; number++) {
            move(number, number + 1);
            var gone = one;
            assertThatThrownBy(() -> gone.set(1)).isInstanceOf(ActuatorException.class);
            one = open(type, bus, 2, ON);
            one.set(0);
            assertThat(other.read()).isZero();
        }
        assertLineFiveNeverRose();
        other.set(1);
        assertThat(expander.latch & 0x24).isEqualTo(0x20);
        assertThat(other.writes(0))
                .singleElement()
                .isInstanceOfSatisfying(
                        Actuator.BusWrite.class,
                        write -> assertThat(write.bus()).isEqualTo(6));
    }

    /** In each order, and while the one that is configured by number is not to be had any more. */
    @ParameterizedTest
    @CsvSource({
        NAME + "," + DEVICE,
        DEVICE + "," + NAME,
        NODE + "," + NAME,
        "3," + NAME,
        "i2c-3," + DEVICE,
        NAME + ",3",
        NODE + ",i2c-3"
    })
    void twoNamesOfOneBus_haveOneChip_whereverItMoves(String first, String second) throws Exception {
        plug(3);
        var other = open("pcf8574", first, 5, OFF);
        open("pcf8574", second, 2, OFF);
        expander.words.clear();
        other.set(0);
        move(3, 4);
        var name = I2cBus.of(first).isNumber() ? second : first;
        assertThatThrownBy(other::read).isInstanceOf(ActuatorException.class);
        open("pcf8574", name, 2, ON);
        open("pcf8574", name, 3, ON).set(0);
        assertLineFiveNeverRose();
    }

    @Test
    void namesOfABusThatCameLater_haveOneChip() throws Exception {
        for (var bus : List.of(NAME, DEVICE, NODE)) {
            assertThatThrownBy(() -> open("pcf8574", bus, 5, OFF)).hasMessageContaining("no I2C bus is called");
        }
        plug(3);
        open("pcf8574", NODE, 5, OFF);
        open("pcf8574", DEVICE, 2, ON);
        open("pcf8574", NAME, 3, ON);
        assertLineFiveNeverRose();
        assertThat(hardware.bus(I2cBus.of(3))).isSameAs(hardware.bus(I2cBus.of(NAME)));
    }

    @Test
    void busThatIsAway_keepsItsChip() throws Exception {
        plug(3);
        open("pcf8574", NAME, 5, OFF);
        unplug(3);
        hardware.retain(List.of(plan("pcf8574", NAME, 5).chip().orElseThrow()));
        assertThatThrownBy(() -> open("pcf8574", NAME, 2, OFF)).isInstanceOf(ActuatorException.class);
        plug(7);
        hardware.retain(List.of(plan("pcf8574", NAME, 5).chip().orElseThrow()));
        open("pcf8574", NAME, 2, OFF);
        assertLineFiveNeverRose();
    }

    /** Another bus has the number now: it has chips of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void number_isNotFollowed(boolean isOpened) throws Exception {
        plug(3);
        open("pcf8574", NAME, 5, OFF);
        if (isOpened) {
            open("pcf8574", "3", 2, OFF);
        }
        move(3, 4);
        assertThatThrownBy(() -> open("pcf8574", "3", 2, OFF)).hasMessageContaining("no device on i2c-3");
        var stranger = new Expander();
        plug(3, "/devices/platform/soc/5002400.i2c", "mv64xxx_i2c adapter", stranger);
        open("pcf8574", "3", 2, OFF);
        assertThat(stranger.words).containsExactly(0xfffb);
        expander.words.clear();
        openAgain("4", 1);
        assertLineFiveNeverRose();
    }

    /** Two adapters change places. */
    @Test
    void swappedBuses_keepTheirChips() throws Exception {
        var second = new Expander();
        plug(3);
        plug(4, "/devices/b", "b 2", second);
        open("pcf8574", NAME, 5, OFF);
        open("pcf8574", "b 2", 6, OFF);
        unplug(3);
        unplug(4);
        plug(4);
        plug(3, "/devices/b", "b 2", second);
        openAgain(NAME, 0);
        openAgain("b 2", 0);
        assertThat(expander.latch & 0xff).isEqualTo(0xde);
        assertThat(second.latch & 0xff).isEqualTo(0xbe);
        assertLineFiveNeverRose();
    }

    @Test
    void chipThatLostItsPowerMeanwhile_isNoticedByAll() throws Exception {
        plug(3);
        var other = open("pcf8574", NAME, 5, OFF);
        move(3, 4);
        expander.latch = 0xffff;
        assertThatThrownBy(() -> open("pcf8574", NAME, 2, OFF)).hasMessage("gone");
        assertThatThrownBy(() -> open("pcf8574", NAME, 2, OFF)).hasMessageContaining("was reset");
        assertThatThrownBy(other::read).hasMessageContaining("was reset");
        open("pcf8574", NAME, 2, OFF);
        open("pcf8574", NAME, 5, OFF);
        assertThat(expander.latch & 0xff).isEqualTo(0xdb);
    }

    @Test
    void chipThatNoOutputIsPartOf_isForgotten() throws Exception {
        plug(3);
        open("pcf8574", NAME, 5, OFF);
        hardware.retain(List.of());
        move(3, 4);
        expander.latch = 0xffff;
        open("pcf8574", NAME, 2, OFF);
        assertThat(expander.latch & 0xff).isEqualTo(0xfb);
    }
}
