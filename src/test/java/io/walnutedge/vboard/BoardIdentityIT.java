package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The guest looks like a Walnut Pi 1B where the daemon looks. */
@BoardTest
class BoardIdentityIT {
    @Test
    void model_isThatOfThe1b(Guest guest) {
        assertThat(guest.output("tr -d '\\0' </proc/device-tree/model")).isEqualTo("walnutpi-1b");
    }

    @Test
    void gpioController_hasNameAndNumbersOfThe1b(Guest guest) {
        assertThat(guest.read("/sys/class/gpio/gpiochip0/{label,base}")).isEqualTo("""
                        300b000.pinctrl
                        0""");
        assertThat(guest.read("/sys/class/gpio/gpiochip0/ngpio"))
                .as("Debian's arm64 kernel has not the numbers for the last bank")
                .isEqualTo(guest.kind() == Kind.UML ? "288" : "256");
    }

    @Test
    void i2cBus_isNumber1(Guest guest) {
        assertThat(guest.output("ls /dev/i2c-*")).isEqualTo("/dev/i2c-1");
    }

    @Test
    void thermalZone_ofTheCpuFollowsItsSensor(Guest guest, Chips chips) {
        chips.temperature(Board.CPU_LM75, 61.5);

        assertThat(guest.read("/sys/class/thermal/thermal_zone0/{type,temp}")).isEqualTo("""
                        cpu-thermal
                        61500""");
    }

    @Test
    void led_holdsItsLine(Guest guest, Pins pins) {
        guest.output("echo 1 >/sys/class/leds/green:status/brightness");
        assertThat(pins.isHigh(Board.PC13_LED)).isTrue();
        guest.output("echo 0 >/sys/class/leds/green:status/brightness");
        assertThat(pins.isHigh(Board.PC13_LED)).isFalse();

        Guest.Result export = guest.run("echo " + Board.PC13_LED + " >/sys/class/gpio/export");

        assertThat(export.status()).isNotZero();
        assertThat(export.output()).contains("Device or resource busy");
    }
}
