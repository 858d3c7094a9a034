package io.walnutedge.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sensors on buses that the configuration names: each way to open one, and a bus that moves while it is open. */
class NamedBusTest {
    private static Plan plan(String config) throws Exception {
        var problems = new Problems();
        return new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(ConfigFile.parse(config, problems), problems);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/soc/i2c@5002400", "i2c-tiny-usb at bus 001 device 004", "mv64xxx_i2c adapter", "7", "i2c-7"})
    void sensors_areRead(String bus) throws Exception {
        var plan = plan("""
            sensors {
              room { type = bme280, bus = "BUS" }
              light { type = opt3001, bus = "BUS" }
              hall { type = sht3x, bus = "BUS", address = 0x45, mux { address = 0x70, channel = 2 } }
            }
            """.replace("BUS", bus));
        try (var board = SimulatedBoard.create(plan, Optional.empty(), Optional.empty(), System::nanoTime)
                .board()) {
            for (var sensor : plan.sensors()) {
                try (var open = sensor.plan().opening().open(board.hardware())) {
                    assertThat(open.read()).as("%s", sensor.id()).isNotEmpty();
                }
            }
        }
    }

    /** As of an adapter that was taken out and put in again: what is opened then is on the new number. */
    @Test
    void busThatMoved_isOpenedByItsNewNumber() throws Exception {
        var plan = plan("sensors { room { type = bme280, bus = \"/soc/i2c@5\" } }");
        try (var board = SimulatedBoard.create(plan, Optional.empty(), Optional.empty(), System::nanoTime)
                .board()) {
            var devices = board.roots().sys().resolve("bus/i2c/devices");
            var opening = plan.sensors().get(0).plan().opening();
            opening.open(board.hardware()).close();
            Files.move(devices.resolve("i2c-256"), devices.resolve("i2c-9"));
            assertThatThrownBy(() -> opening.open(board.hardware()))
                    .isInstanceOf(SensorException.class)
                    .hasMessageContaining("i2c-9");
            Files.move(devices.resolve("i2c-9"), devices.resolve("i2c-256"));
            opening.open(board.hardware()).close();
        }
    }
}
