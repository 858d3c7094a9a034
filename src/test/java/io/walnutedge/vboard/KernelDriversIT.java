package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The kernel's own drivers find in the emulated chips what a test put there: the chips are right. */
@BoardTest
class KernelDriversIT {
    private static final String ONE_WIRE = "/sys/bus/w1/devices/";
    private static final String FIRST = ONE_WIRE + "28-0316a2795bff/";
    private static final String SECOND = ONE_WIRE + "28-0416b15fa1ff/";

    @Test
    void lm75_followsTheChip(Guest guest, Chips chips) {
        try (KernelDriver lm75 = guest.bind("lm75", Board.LM75)) {
            chips.temperature(Board.LM75, 25.5);
            assertThat(lm75.read("hwmon/hwmon*/temp1_input")).isEqualTo("25500");
        }
        try (KernelDriver lm75 = guest.bind("lm75", Board.LM75)) {
            chips.temperature(Board.LM75, -1);
            assertThat(lm75.read("hwmon/hwmon*/temp1_input")).isEqualTo("-1000");
        }
    }

    @Test
    void bmp280_followsTheChip(Guest guest, Chips chips) {
        chips.temperature(Board.BMP280, -12.5);
        chips.set(Board.BMP280, "hpa", 990.1);

        try (KernelDriver bmp280 = guest.bind("bmp280", Board.BMP280)) {
            assertThat(bmp280.read("iio:device*/in_temp_input")).isEqualTo("-12500");
            assertThat(Double.parseDouble(bmp280.read("iio:device*/in_pressure_input")))
                    .isCloseTo(99.01, within(0.001));
        }
    }

    @Test
    void bh1750_followsTheChip(Guest guest, Chips chips) {
        chips.set(Board.BH1750, "lux", 1000);

        try (KernelDriver bh1750 = guest.bind("bh1750", Board.BH1750)) {
            assertThat(bh1750.read("iio:device*/in_illuminance_raw")).isEqualTo("1200");
            assertThat(bh1750.read("iio:device*/in_illuminance_scale")).startsWith("0.83333");
        }
    }

    @Test
    void oneWire_bothThermometersFollow(Guest guest, Chips chips) {
        chips.setOneWire(Board.DS2482, "a", "temp", 55.125);
        chips.setOneWire(Board.DS2482, "b", "temp", -7.25);
        awaitPresent(guest, FIRST);
        awaitPresent(guest, SECOND);

        assertThat(guest.read(FIRST + "temperature")).isEqualTo("55125");
        assertThat(guest.read(SECOND + "temperature")).isEqualTo("-7250");
    }

    @Test
    void oneWire_badCrcLeavesTheFilesEmpty(Guest guest, Chips chips) {
        awaitPresent(guest, FIRST);
        chips.setOneWire(Board.DS2482, "a", "badcrc", true);
        try {
            assertThat(guest.read(FIRST + "w1_slave")).isEmpty();
            assertThat(guest.read(FIRST + "temperature")).isEmpty();
        } finally {
            chips.setOneWire(Board.DS2482, "a", "badcrc", false);
        }
    }

    @Test
    void oneWire_thermometerThatDoesNotConvertSays85(Guest guest, Chips chips) {
        awaitPresent(guest, SECOND);
        chips.setOneWire(Board.DS2482, "b", "converts", false);
        try {
            assertThat(guest.read(SECOND + "w1_slave")).contains(" YES").endsWith("t=85000");
        } finally {
            chips.setOneWire(Board.DS2482, "b", "converts", true);
        }
    }

    @Test
    void unpluggedChip_isAnErrorUntilItIsBack(Guest guest, Chips chips) {
        try (KernelDriver bh1750 = guest.bind("bh1750", Board.BH1750)) {
            chips.unplug(Board.BH1750);
            try {
                Guest.Result gone = guest.run("cat /sys/bus/i2c/devices/1-0023/iio:device*/in_illuminance_raw");
                assertThat(gone.status()).isNotZero();
            } finally {
                chips.plug(Board.BH1750);
            }
            chips.set(Board.BH1750, "lux", 10);
            assertThat(bh1750.read("iio:device*/in_illuminance_raw")).isEqualTo("12");
        }
    }

    @Test
    void slowChip_takesItsTime(Guest guest, Chips chips) {
        try (KernelDriver bh1750 = guest.bind("bh1750", Board.BH1750)) {
            chips.delay(Board.BH1750, Duration.ofMillis(1500));
            try {
                long before = System.nanoTime();
                bh1750.read("iio:device*/in_illuminance_raw");
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(1500));
            } finally {
                chips.delay(Board.BH1750, Duration.ZERO);
            }
        }
    }

    /** The kernel searches its 1-Wire buses every ten seconds. */
    private static void awaitPresent(Guest guest, String device) {
        guest.await("test -e " + device + "temperature");
    }
}
