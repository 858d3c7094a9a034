package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sensors of the kernel's own drivers: a chip changes, and the daemon's topic follows. */
@Tag("board-uml")
@ExtendWith(SharedBoard.class)
class KernelSensorsIT {
    private static final String FIRST = "0316a2795bff";
    private static final String TANK = "sensors { tank { type = ds18b20, id = \"28-" + FIRST + "\", every = 1 s } }";
    private static final String TANK_TOPIC = "walnutpi/b/tank/temperature";

    @TempDir
    Path directory;

    private DaemonOnBoard daemon;

    @BeforeEach
    void prepare(Guest guest) {
        daemon = new DaemonOnBoard(guest, directory);
    }

    @AfterEach
    void end(Chips chips) {
        daemon.close();
        chips.temperature(Board.CPU_LM75, 40);
        chips.setOneWire(Board.DS2482, "a", "badcrc", false);
        chips.setOneWire(Board.DS2482, "a", "converts", true);
        chips.setOneWire(Board.DS2482, "a", "present", true);
    }

    @Test
    void thermalZone_isPublished(Chips chips) {
        chips.temperature(Board.CPU_LM75, 25.5);
        daemon.start("sensors { cpu { type = thermal, zone = cpu-thermal, every = 1 s, decimals = 1 } }");
        daemon.awaitLast("walnutpi/b/cpu/temperature", "25.5");
        chips.temperature(Board.CPU_LM75, -7);
        daemon.awaitLast("walnutpi/b/cpu/temperature", "-7.0");
    }

    @Test
    void hwmonAndIio_areFoundAgain_whenTheirDriversComeBack(Guest guest, Chips chips) {
        chips.temperature(Board.LM75, 21.5);
        chips.temperature(Board.BMP280, -12.5);
        chips.set(Board.BMP280, "hpa", 990.1);
        try (KernelDriver lm75 = guest.bind("lm75", Board.LM75);
                KernelDriver bmp280 = guest.bind("bmp280", Board.BMP280)) {
            daemon.start("sensors { shed { type = hwmon, chip = lm75, device = 1-0048, every = 1 s, decimals = 1 }\n"
                    + "air { type = iio, device = bmp280, channels = [temp, pressure], every = 1 s,"
                    + " temperature { decimals = 1 }, pressure { decimals = 1 } } }");
            daemon.awaitLast("walnutpi/b/shed/temperature", "21.5");
            daemon.awaitLast("walnutpi/b/air/temperature", "-12.5");
            daemon.awaitLast("walnutpi/b/air/pressure", "990.1");
            assertThat(lm75.read("name")).isEqualTo("lm75");
            assertThat(bmp280.read("name")).isEqualTo("bmp280");
        }
        daemon.awaitLast("walnutpi/b/shed/status", "offline");
        daemon.awaitLast("walnutpi/b/air/status", "offline");
        chips.temperature(Board.LM75, 22);
        // other drivers take the old numbers first
        try (KernelDriver tmp102 = guest.bind("tmp102", Board.TMP102);
                KernelDriver light = guest.bind("bh1750", Board.BH1750);
                KernelDriver lm75 = guest.bind("lm75", Board.LM75);
                KernelDriver bmp280 = guest.bind("bmp280", Board.BMP280)) {
            assertThat(List.of(tmp102.read("name"), light.read("name"), lm75.read("name"), bmp280.read("name")))
                    .containsExactly("tmp102", "bh1750", "lm75", "bmp280");
            daemon.awaitLast("walnutpi/b/shed/temperature", "22.0");
            daemon.awaitLast("walnutpi/b/air/status", "online");
        }
    }

    @Test
    void oneWire_checksumErrorAndPowerUpValue_areNeverPublished(Chips chips) {
        chips.setOneWire(Board.DS2482, "a", "temp", 23.5);
        daemon.start(TANK);
        daemon.awaitLast(TANK_TOPIC, "23.50");

        chips.setOneWire(Board.DS2482, "a", "badcrc", true);
        daemon.awaitLast("walnutpi/b/tank/status", "offline");
        chips.setOneWire(Board.DS2482, "a", "badcrc", false);
        daemon.awaitLast("walnutpi/b/tank/status", "online");

        chips.setOneWire(Board.DS2482, "a", "converts", false);
        daemon.awaitLast("walnutpi/b/tank/status", "offline");
        daemon.awaitAlert("walnutpi/b/tank/alert", "85");
        chips.setOneWire(Board.DS2482, "a", "converts", true);
        chips.setOneWire(Board.DS2482, "a", "temp", -10.25);
        daemon.awaitLast(TANK_TOPIC, "-10.25");
        assertThat(daemon.seen().messages(TANK_TOPIC)).containsOnly("23.50", "-10.25");
    }

    @Test
    void oneWire_slaveThatIsRemoved_comesBack(Guest guest, Chips chips) {
        chips.setOneWire(Board.DS2482, "a", "temp", 5);
        daemon.start(TANK);
        daemon.awaitLast(TANK_TOPIC, "5.00");
        chips.setOneWire(Board.DS2482, "a", "present", false);
        guest.output("echo 28-%s >/sys/bus/w1/devices/w1_bus_master1/w1_master_remove".formatted(FIRST));
        daemon.awaitLast("walnutpi/b/tank/status", "offline");
        var count = daemon.seen().messages(TANK_TOPIC).size();
        chips.setOneWire(Board.DS2482, "a", "present", true);
        chips.setOneWire(Board.DS2482, "a", "temp", 6);
        guest.output("echo 28-%s >/sys/bus/w1/devices/w1_bus_master1/w1_master_add".formatted(FIRST));
        daemon.awaitLast(TANK_TOPIC, "6.00");
        Awaitility.await()
                .until(() -> daemon.seen().last("walnutpi/b/tank/status").equals("online"));
        assertThat(daemon.seen()
                        .messages(TANK_TOPIC)
                        .subList(count, daemon.seen().messages(TANK_TOPIC).size()))
                .containsOnly("6.00");
    }
}
