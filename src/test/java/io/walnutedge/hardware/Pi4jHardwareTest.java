package io.walnutedge.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pi4jHardwareTest {
    @TempDir
    Path directory;

    private final Chip chip = new Chip();
    private Roots roots;
    private Pi4jHardware hardware;

    /** Answers with rising bytes from 0xe0 on, as many as it is told; keeps what was written. */
    private static final class Chip implements I2cTarget {
        private final List<String> written = new ArrayList<>();
        private int longest = Integer.MAX_VALUE;
        private boolean acknowledges = true;

        @Override
        public void write(byte[] bytes) throws IOException {
            acknowledge();
            written.add(HexFormat.of().formatHex(bytes));
        }

        @Override
        public byte[] read(int count) throws IOException {
            acknowledge();
            var answer = new byte[Math.min(count, longest)];
            for (var i = 0; i < answer.length; i++) {
                answer[i] = (byte) (0xe0 + i);
            }
            return answer;
        }

        private void acknowledge() throws IOException {
            if (!acknowledges) {
                throw new IOException("Remote I/O error");
            }
        }
    }

    @BeforeEach
    void plant() throws IOException {
        roots = new Roots(directory.resolve("sys"), directory.resolve("proc"), directory.resolve("dev"));
        for (var bus : List.of(0, 1)) {
            Files.createDirectories(roots.sys().resolve("bus/i2c/devices/i2c-" + bus));
        }
        Files.createDirectory(roots.dev());
        Files.createFile(roots.dev().resolve("i2c-1"));
        hardware = Pi4jHardware.simulated(roots, Map.of(1, Map.of(0x76, chip)), (attribute, text) -> {
            throw new IOException("no GPIO here");
        });
    }

    @AfterEach
    void close() {
        hardware.close();
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatExceptionOfType(SensorException.class)
                .isThrownBy(call)
                .satisfies(failed -> assertThat(failed.getMessage()).contains(words));
    }

    @Test
    void transfers_ofEachShape_arriveAsTheyAreMeant() throws Exception {
        var registers = hardware.registers(1, 0x76);

        registers.write(0xf4, 0x25);
        assertThat(registers.readRegister(0xf7, 3)).containsExactly(0xe0, 0xe1, 0xe2);
        assertThat(registers.read(2)).containsExactly(0xe0, 0xe1);

        assertThat(chip.written).containsExactly("f425", "f7");
    }

    @Test
    void answer_shorterThanAsked_isAnError() throws Exception {
        var registers = hardware.registers(1, 0x76);
        chip.longest = 1;

        refused(() -> registers.read(2), "0x76 on i2c-1", "1 of 2 bytes");
        refused(() -> registers.readRegister(0xf7, 8), "1 of 8 bytes");
        chip.longest = 0;
        refused(() -> registers.read(1), "0 of 1 bytes");
    }

    @Test
    void device_thatDoesNotAcknowledge_isAnErrorAndComesBack() throws Exception {
        var registers = hardware.registers(1, 0x76);
        chip.acknowledges = false;

        refused(() -> registers.write(0xf4), "0x76 on i2c-1 does not answer (Remote I/O error)");
        refused(() -> registers.readRegister(0xd0, 1), "does not answer");
        chip.acknowledges = true;

        assertThat(registers.readRegister(0xd0, 1)).containsExactly(0xe0);
    }

    @Test
    void address_withoutADevice_isOnlyFoundOutByATransfer() throws Exception {
        try (var registers = hardware.registers(1, 0x77)) {
            refused(() -> registers.readRegister(0xd0, 1), "0x77 on i2c-1 does not answer");
        }
    }

    @Test
    void device_closedAndOpenedAgain_works() throws Exception {
        for (var i = 0; i < 3; i++) {
            var registers = hardware.registers(1, 0x76);
            assertThat(registers.readRegister(0xd0, 1)).hasSize(1);
            registers.close();
            registers.close();
        }
    }

    @Test
    void bus_thatIsMissing_isNamedWithThoseThatAreThere() {
        refused(
                () -> hardware.registers(4, 0x76),
                "there is no i2c-4; there are: i2c-0, i2c-1",
                "sudo set-device enable i2c4");
    }

    @Test
    void bus_withoutANode_isNamed() {
        refused(() -> hardware.registers(0, 0x76), "dev/i2c-0 is missing", "modprobe i2c-dev");
    }

    @Test
    void address_withABoundDriver_isRefusedEachTime() throws Exception {
        var driver = Files.createDirectories(roots.sys().resolve("bus/i2c/drivers/bmp280"));
        var device = Files.createDirectory(roots.sys().resolve("bus/i2c/devices/1-0076"));
        Files.createSymbolicLink(device.resolve("driver"), driver);

        for (var i = 0; i < 2; i++) {
            refused(() -> hardware.registers(1, 0x76), "0x76 on i2c-1 is held by the kernel's driver bmp280");
        }
        Files.delete(device.resolve("driver"));

        assertThat(hardware.registers(1, 0x76).read(1)).hasSize(1);
    }

    @Test
    void pi4j_isStartedByTheFirstDeviceAndEndedByClose() throws Exception {
        hardware.pause(Duration.ZERO);
        hardware.access(DeviceFiles.class);
        assertThat(hardware.isStarted()).isFalse();

        var registers = hardware.registers(1, 0x76);
        assertThat(hardware.isStarted()).isTrue();
        hardware.close();
        hardware.close();
        registers.close();
    }

    @Test
    void pause_isNeverShorterThanAsked() throws Exception {
        for (var nanos : Arrays.asList(1_500_001L, 2_300_000L, 10_000L)) {
            var before = System.nanoTime();
            hardware.pause(Duration.ofNanos(nanos));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(nanos);
        }
    }
}
