package io.walnutedge.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walnutedge.actuator.Actuator.BusWrite;
import io.walnutedge.gpio.FakeLines;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs on chips, over chips that behave as their datasheets say. */
class ChipOutputsTest {
    private static final OptionalDouble OFF = OptionalDouble.of(0);
    private static final OptionalDouble ON = OptionalDouble.of(1);

    /** A chip with registers, which remembers what was written; an address that counts up with each byte. */
    private class Chip implements Registers {
        final int[] registers = new int[256];
        final int[] powerOn = new int[256];

        void reset() {
            System.arraycopy(powerOn, 0, registers, 0, registers.length);
        }

        @Override
        public void write(int... bytes) throws SensorException {
            touch();
            writes.add(Arrays.toString(
                    Arrays.stream(bytes).mapToObj(Integer::toHexString).toArray()));
            for (var i = 1; i < bytes.length; i++) {
                registers[bytes[0] + i - 1] = bytes[i];
            }
        }

        @Override
        public byte[] read(int count) throws SensorException {
            return readRegister(0, count);
        }

        @Override
        public byte[] readRegister(int register, int count) throws SensorException {
            touch();
            var read = new byte[count];
            for (var i = 0; i < count; i++) {
                read[i] = (byte) registers[register + i];
            }
            return read;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    /** DS20001952C, table 3-3: IODIR is 1111 1111 after power-on, all others 0; what is an output shows its latch. */
    private final class Mcp extends Chip {
        Mcp() {
            powerOn[0] = 0xff;
            powerOn[1] = 0xff;
            reset();
        }

        @Override
        public byte[] readRegister(int register, int count) throws SensorException {
            for (var port = 0; port < 2; port++) {
                var out = ~registers[port] & 0xff;
                registers[0x12 + port] = (registers[0x14 + port] & out) | ((pins >> (8 * port)) & ~out & 0xff);
            }
            return super.readRegister(register, count);
        }
    }

    /** Lines that are low in the latch or pulled low outside show low. */
    private final class Pcf extends Chip {
        private int latch = 0xffff;

        @Override
        void reset() {
            latch = 0xffff;
        }

        @Override
        public void write(int... bytes) throws SensorException {
            super.write(bytes);
            latch = bytes[0] | (bytes.length > 1 ? bytes[1] << 8 : 0xff00);
        }

        @Override
        public byte[] read(int count) throws SensorException {
            touch();
            var shown = latch & pins;
            return count == 1 ? new byte[] {(byte) shown} : new byte[] {(byte) shown, (byte) (shown >> 8)};
        }
    }

    /** NXP Rev. 4, tables 5 and 8: MODE1 is 11h after power-on, PRE_SCALE 1Eh, every LEDn_OFF_H 10h. */
    private final class Pca extends Chip {
        Pca() {
            powerOn[0] = 0x11;
            powerOn[0xfe] = 0x1e;
            for (var channel = 0; channel < 16; channel++) {
                powerOn[0x06 + 4 * channel + 3] = 0x10;
            }
            reset();
        }
    }

    private final List<String> writes = new ArrayList<>();
    private int closes;
    private int pins = 0xffff;
    private boolean unplugged;
    private CountDownLatch hang = new CountDownLatch(0);
    private Chip chip = new Mcp();

    private void touch() throws SensorException {
        try {
            hang.await();
        } catch (InterruptedException interrupted) {
            throw new SensorException("interrupted", interrupted);
        }
        if (unplugged) {
            throw new SensorException("0x20 on i2c-1 does not answer");
        }
    }

    private final List<String> opened = new ArrayList<>();
    private boolean absent;

    private final Hardware buses = new Hardware() {
        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(kind, DeviceFiles.SYSTEM, (I2cBuses) this::registers);
        }

        private Registers registers(int bus, int address) throws SensorException {
            opened.add(String.format("%d 0x%02x", bus, address));
            if (absent) {
                throw new SensorException("not acknowledged");
            }
            return chip;
        }

        @Override
        public void pause(Duration duration) {
            throw new UnsupportedOperationException();
        }
    };
    /** Waits as long as a busy machine needs. */
    private ActuatorHardware hardware =
            new ActuatorHardware(new FakeLines(), FakeLines::pin, buses, Duration.ofSeconds(10));

    private static ActuatorPlan plan(String type, String settings) {
        var problems = new Problems();
        var table = ConfigFile.parse(settings, problems);
        var plan = ActuatorDrivers.installed().find(type).orElseThrow().plan(table);
        table.finish();
        assertThat(problems.list()).isEmpty();
        return plan;
    }

    private Actuator open(String type, String settings, OptionalDouble level) throws ActuatorException {
        return plan(type, settings).opening().open(hardware, level);
    }

    @Test
    void mcp23017_hasItsLatchBeforeItsDirection_andOtherLinesAreLeftAlone() throws Exception {
        var a3 = open("mcp23017", "line = A3", ON);
        assertThat(writes).containsExactly("[14, 8, 0]", "[0, f7, ff]");
        var b0 = open("mcp23017", "line = GPB0", OFF);
        assertThat(writes).hasSize(3).endsWith("[0, f7, fe]");
        b0.set(1);
        a3.set(0);
        assertThat(writes).endsWith("[14, 8, 1]", "[14, 0, 1]");
        assertThat(a3.read()).isZero();
        assertThat(b0.read()).isEqualTo(1);
    }

    @Test
    void mcp23008_hasRegistersOfItsOwn() throws Exception {
        chip = new Chip();
        chip.registers[0] = 0xff;
        open("mcp23008", "line = 7", ON);
        assertThat(writes).containsExactly("[a, 80]", "[0, 7f]");
    }

    @Test
    void mcp23017_thatIsKept_hasTheLevelThatItShows() throws Exception {
        pins = 0x0004;
        var kept = open("mcp23017", "line = 2", OptionalDouble.empty());
        assertThat(kept.read()).isEqualTo(1);
        assertThat(writes).containsExactly("[14, 4, 0]", "[0, fb, ff]");
    }

    @Test
    void mcp23017_thatLostItsPower_isNoticedByEachOfItsOutputs_andTakenHoldOfAnew() throws Exception {
        var a = open("mcp23017", "line = A0", ON);
        var b = open("mcp23017", "line = A1", ON);
        chip.reset();
        assertThatThrownBy(() -> a.set(0)).hasMessage("0x20 on i2c-1 was reset: it does not have what was written");
        assertThatThrownBy(() -> b.set(0)).hasMessageContaining("was reset");
        assertThatThrownBy(b::read).hasMessageContaining("was reset");
        open("mcp23017", "line = A0", OFF);
        var again = open("mcp23017", "line = A1", ON);
        again.set(0);
        assertThat(again.read()).isZero();
    }

    @Test
    void unpluggedChip_isAnError_andComesBack() throws Exception {
        var line = open("mcp23017", "line = A0", ON);
        unplugged = true;
        assertThatThrownBy(() -> line.set(0)).hasMessage("0x20 on i2c-1 does not answer");
        assertThat(closes).isEqualTo(1);
        unplugged = false;
        chip.reset();
        assertThatThrownBy(() -> open("mcp23017", "line = A0", OFF)).hasMessageContaining("was reset");
        assertThat(open("mcp23017", "line = A0", OFF).read()).isZero();
    }

    @Test
    void pcf8574_leavesUnopenedLinesHigh_andNoticesAReset() throws Exception {
        chip = new Pcf();
        var line = open("pcf8574", "line = P2", OFF);
        assertThat(writes).containsExactly("[fb]");
        open("pcf8574", "line = 7", OFF);
        assertThat(writes).endsWith("[7b]");
        line.set(1);
        assertThat(writes).endsWith("[7f]");
        chip.reset();
        assertThatThrownBy(() -> line.set(0)).hasMessageContaining("was reset");
    }

    @Test
    void pcf8575_isAWordOfTwoPorts() throws Exception {
        chip = new Pcf();
        open("pcf8575", "line = P17", OFF);
        open("pcf8575", "line = P00", OFF);
        assertThat(writes).containsExactly("[ff, 7f]", "[fe, 7f]");
    }

    @Test
    void pca9685_hasItsChannelAndFrequency_beforeItIsAwake() throws Exception {
        chip = new Pca();
        var channel = open("pca9685", "channel = 1, frequency = 50", OptionalDouble.of(0.25));
        // 25 MHz / (4096 * 50 Hz) - 1 = 121
        assertThat(writes).containsExactly("[0, 31]", "[fe, 79]", "[a, 0, 0, 0, 4]", "[0, 21]");
        assertThat(channel.read()).isEqualTo(0.25);
        channel.set(1);
        channel.set(0);
        assertThat(writes).endsWith("[a, 0, 10, 0, 0]", "[a, 0, 0, 0, 10]");
        assertThat(channel.read()).isZero();
    }

    @Test
    void pca9685_withTwoFrequencies_isRefused() throws Exception {
        chip = new Pca();
        open("pca9685", "channel = 1, frequency = 50", OFF);
        assertThatThrownBy(() -> open("pca9685", "channel = 2, frequency = 100", OFF))
                .hasMessageContaining("another frequency");
    }

    @Test
    void pca9685_thatLostItsPower_isNoticed() throws Exception {
        chip = new Pca();
        var channel = open("pca9685", "channel = 1", ON);
        chip.reset();
        assertThatThrownBy(channel::read).hasMessageContaining("was reset");
        assertThat(open("pca9685", "channel = 1", ON).read()).isEqualTo(1);
    }

    /** Each write has the whole port, so that it must not take back the one before it. */
    @Test
    void lastWrites_ofLinesOfOnePort_keepEachOther() throws Exception {
        var a = open("mcp23017", "line = A0", ON);
        var b = open("mcp23017", "line = B1", ON);
        open("mcp23017", "line = A2", ON);
        assertThat(a.writes(0)).containsExactly(new BusWrite(1, 0x20, List.of(0x14, 0x04, 0x02)));
        assertThat(b.writes(0)).containsExactly(new BusWrite(1, 0x20, List.of(0x14, 0x04, 0x00)));
        assertThat(a.writes(0)).containsExactly(new BusWrite(1, 0x20, List.of(0x14, 0x04, 0x00)));
        chip = new Pcf();
        var pcf = open("pcf8574", "line = 3, address = 0x38", ON);
        assertThat(pcf.writes(0)).containsExactly(new BusWrite(1, 0x38, List.of(0xf7)));
        chip = new Pca();
        var pca = open("pca9685", "channel = 1", ON);
        assertThat(pca.writes(0)).containsExactly(new BusWrite(1, 0x40, List.of(0x0a, 0, 0, 0, 0x10)));
        assertThat(pca.writes(0.5)).containsExactly(new BusWrite(1, 0x40, List.of(0x0a, 0, 0, 0, 8)));
    }

    /** What takes so long is Pi4J's start, which a chip's absence does not shorten. */
    @Test
    void prepare_makesOneTransferOnEachBus_andLeavesErrorsToTheOpening() {
        var plans = List.of(
                plan("mcp23017", "line = 0"), plan("mcp23017", "line = 1"), plan("pca9685", "channel = 0, bus = 2"));
        hardware.prepare(plans);
        assertThat(opened).containsExactly("1 0x20", "2 0x40");
        assertThat(writes).isEmpty();
        absent = true;
        hardware.prepare(plans);
        assertThat(opened).hasSize(4);
        assertThatThrownBy(() -> open("mcp23017", "line = A0", ON)).hasMessageContaining("not acknowledged");
    }

    @Test
    void busThatHangs_isNotWaitedFor_andFailsAtOnceUntilItReturns() throws Exception {
        hardware = new ActuatorHardware(new FakeLines(), FakeLines::pin, buses);
        var line = open("mcp23017", "line = A0", ON);
        hang = new CountDownLatch(1);
        assertThatThrownBy(() -> line.set(0)).hasMessage("i2c-1 has not answered for 100 ms");
        var begin = System.nanoTime();
        for (var i = 0; i < 100; i++) {
            assertThatThrownBy(() -> line.set(0)).hasMessageStartingWith("i2c-1 hangs");
        }
        assertThat(System.nanoTime() - begin).as("a hundred times").isLessThan(5_000_000_000L);
        hang.countDown();
        await().untilAsserted(() -> assertThat(line.read()).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "mcp23017, line = A8",
        "mcp23017, line = 16",
        "mcp23008, line = B0",
        "pcf8574, line = 8",
        "mcp23017, 'line = 0, address = 0x28'",
        "pca9685, channel = 16",
        "pca9685, 'channel = 0, frequency = 2000'",
        "pcf8575, 'line = 0, address = 0x38'"
    })
    void mistake_isRefused(String type, String settings) {
        var problems = new Problems();
        var driver = ActuatorDrivers.installed().find(type).orElseThrow();
        driver.plan(ConfigFile.parse(settings, problems));
        assertThat(problems.list()).as(type.toUpperCase(Locale.ROOT)).hasSize(1);
    }
}
