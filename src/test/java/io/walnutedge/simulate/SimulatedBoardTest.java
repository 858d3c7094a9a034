package io.walnutedge.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.walnutedge.board.Board;
import io.walnutedge.board.Pins;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.sensor.SensorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedBoardTest {
    private final AtomicLong nanos = new AtomicLong(Duration.ofHours(1).toNanos());
    private SimulatedBoard board;

    @BeforeEach
    void create() throws IOException {
        board = SimulatedBoard.create(nanos::get);
        // the slowest of the chips starts up
        nanos.addAndGet(Duration.ofMillis(10).toNanos());
    }

    @AfterEach
    void close() throws IOException {
        board.close();
    }

    private Path sys(String path) {
        return board.roots().sys().resolve(path);
    }

    @Test
    void bme280_onTheBus_convertsTheTemperatureOfTheWorld() throws Exception {
        try (var registers = board.hardware().registers(1, 0x76)) {
            assertThat(registers.readRegister(0xd0, 1)).containsExactly(0x60);
            registers.write(0xf4, 0x25);
            nanos.addAndGet(Duration.ofMillis(50).toNanos());
            var raw = registers.readRegister(0xfa, 3);
            assertThat(raw).isNotEqualTo(new byte[] {(byte) 0x80, 0, 0});
        }
    }

    @Test
    void ads1115_onTheBus_measuresA0() throws Exception {
        try (var registers = board.hardware().registers(1, 0x48)) {
            // single shot, AIN0 against ground, +-4.096 V, 128 per second
            registers.write(1, 0xc3, 0x83);
            nanos.addAndGet(Duration.ofMillis(20).toNanos());
            var answer = registers.readRegister(0, 2);
            var volts = ByteBuffer.wrap(answer).getShort() * 4.096 / 32_768;
            assertThat(volts).isCloseTo(0.6, within(0.01));
        }
    }

    @Test
    void bh1750AndSht3x_onTheBus_answer() throws Exception {
        try (var light = board.hardware().registers(1, 0x23);
                var climate = board.hardware().registers(1, 0x44)) {
            light.write(0x01);
            light.write(0x20);
            climate.write(0x24, 0x00);
            nanos.addAndGet(Duration.ofMillis(200).toNanos());
            var lux = (ByteBuffer.wrap(light.read(2)).getShort() & 0xffff) / 1.2;
            var celsius = -45 + 175 * (ByteBuffer.wrap(climate.read(6)).getShort() & 0xffff) / 65_535.0;
            assertThat(lux).isCloseTo(320, within(5.0));
            assertThat(celsius).isCloseTo(23, within(0.1));
        }
    }

    @Test
    void address_withoutAChip_doesNotAnswer() throws Exception {
        try (var registers = board.hardware().registers(1, 0x40)) {
            assertThatExceptionOfType(SensorException.class)
                    .isThrownBy(() -> registers.read(1))
                    .withMessageContaining("0x40 on i2c-1 does not answer");
        }
    }

    @Test
    void pins_ofTheBoard_areThoseOfThe1b() throws Exception {
        var model = Board.detect(board.roots().proc());
        assertThat(model.model()).isEqualTo("walnutpi-1b");

        var pins = new Pins(model, board.roots().sys());

        assertThat(pins.resolve("11").sysfs()).isEqualTo(73);
        assertThat(pins.rows().get(10).sysfs()).hasValue(73);
    }

    @Test
    void output_ofTheBoard_canBeReadBack() throws Exception {
        var pin = new Pins(Board.detect(board.roots().proc()), board.roots().sys()).resolve("11");

        var lamp = board.hardware().output(pin, true);
        assertThat(board.level(pin)).isTrue();
        lamp.set(false);
        assertThat(board.level(pin)).isFalse();
    }

    @Test
    void line_ofTheI2cBus_isHeld() throws Exception {
        var sda = new Pins(Board.detect(board.roots().proc()), board.roots().sys()).resolve("3");

        assertThatExceptionOfType(GpioException.class)
                .isThrownBy(() -> board.hardware().output(sda, true))
                .withMessageContaining("PI8 (header 3, I2C1_SDA) cannot be opened: another driver or program holds it");
    }

    @Test
    void input_ofTheBoard_followsWhatIsConnected() throws Exception {
        var pin = new Pins(Board.detect(board.roots().proc()), board.roots().sys()).resolve("PC11");
        var input = board.hardware().input(pin, () -> {});

        board.drive(pin, true);
        assertThat(input.isHigh()).isTrue();
        board.drive(pin, false);
        assertThat(input.isHigh()).isFalse();
    }

    @Test
    void values_inTheTree_moveUnderAKeptDescriptorAndKeepTheirLength() throws Exception {
        var w1 = sys("bus/w1/devices/28-0000072bd5a1/w1_slave");
        var length = Files.size(w1);
        try (var temp = FileChannel.open(sys("class/thermal/thermal_zone0/temp"))) {
            var before = number(temp);
            assertThat(before).isBetween(40_000, 50_000);
            for (var i = 0; i < 2_000; i++) {
                nanos.addAndGet(Duration.ofMillis(250).toNanos());
                board.move();
                assertThat(Math.abs(number(temp) - before)).isLessThan(200);
                before = number(temp);
            }
        }
        assertThat(Files.size(w1)).isEqualTo(length);
    }

    private static int number(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(64);
        channel.read(buffer, 0);
        return Integer.parseInt(new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip());
    }

    @Test
    void thermometer_onOneWire_agreesWithItself() throws Exception {
        var device = sys("bus/w1/devices/28-0000072bd5a1");

        var celsius = Files.readString(device.resolve("temperature")).strip();

        assertThat(Files.readString(device.resolve("w1_slave")))
                .matches("([0-9a-f]{2} ){9}: crc=[0-9a-f]{2} YES\\n([0-9a-f]{2} ){9}t=" + celsius + "\\n");
    }

    /** The example of w1_therm.rst and of the data sheet's table. */
    @Test
    void slave_ofAKnownTemperature_isThatOfTheKernelsDocumentation() {
        assertThat(new SimulatedDs18b20(new Wave(23.125, 0, 1)).slave(0))
                .isEqualTo("72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=23125\n");
    }

    @Test
    void board_started_movesByItself() throws Exception {
        try (var real = SimulatedBoard.create(System::nanoTime)) {
            var adc = real.roots().sys().resolve("bus/iio/devices/iio:device0/in_voltage0_raw");
            var before = Files.readString(adc);
            real.start();
            await().until(() -> !Files.readString(adc).equals(before));
        }
    }

    @Test
    void board_closed_leavesNothing() throws Exception {
        var root = board.roots().sys().getParent();
        Path sys;
        try (var other = SimulatedBoard.create(nanos::get)) {
            sys = other.roots().sys();
            other.start();
            other.hardware().registers(1, 0x76);
        }
        assertThat(sys).doesNotExist();
        assertThat(root).exists();
    }
}
