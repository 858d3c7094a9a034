package io.walnutedge.simulate.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The mistakes that a model must not forgive. */
class ChipModelsTest {
    private long nanos = 1_000_000;

    private static void write(ChipModel chip, int... bytes) throws NotAcknowledged {
        var raw = new byte[bytes.length];
        for (var i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        chip.write(raw);
    }

    private static String read(ChipModel chip, int count) throws NotAcknowledged {
        return HexFormat.of().formatHex(chip.read(count));
    }

    private static String register(ChipModel chip, int register, int count) throws NotAcknowledged {
        write(chip, register);
        return read(chip, count);
    }

    private void passMillis(double millis) {
        nanos += (long) (millis * 1e6);
    }

    @Test
    void bme280_showsTheResetValuesUntilItConverts() throws Exception {
        var chip = Bmx280Model.bme280(() -> nanos);
        assertThat(register(chip, 0xf7, 8)).isEqualTo("8000008000008000");
        passMillis(1000);
        assertThat(register(chip, 0xf7, 8)).isEqualTo("8000008000008000");
    }

    @Test
    void bme280_readTooEarlyGivesTheOldValues() throws Exception {
        var chip = Bmx280Model.bme280(() -> nanos);
        write(chip, 0xf2, 0x01);
        write(chip, 0xf4, 0x25);
        // 1.25 + 3 * 2.3 + 2 * 0.575
        passMillis(9.2);
        assertThat(register(chip, 0xf3, 1)).isEqualTo("08");
        assertThat(register(chip, 0xf7, 8)).isEqualTo("8000008000008000");
        passMillis(0.11);
        assertThat(register(chip, 0xf3, 2)).isEqualTo("0024");
        assertThat(register(chip, 0xf7, 8)).doesNotContain("800000");
    }

    @Test
    void bme280_humidityControlCountsFromTheNextMeasurementControl() throws Exception {
        var chip = Bmx280Model.bme280(() -> nanos);
        write(chip, 0xf4, 0x25, 0xf2, 0x01);
        passMillis(20);
        assertThat(register(chip, 0xfd, 2)).isEqualTo("8000");
        write(chip, 0xf4, 0x25);
        passMillis(20);
        assertThat(register(chip, 0xfd, 2)).isNotEqualTo("8000");
    }

    @Test
    void bme280_oneForcedConversionEachAndSleepBetween() throws Exception {
        var chip = Bmx280Model.bme280(() -> nanos);
        write(chip, 0xf4, 0x25);
        passMillis(20);
        var first = register(chip, 0xf7, 6);
        chip.set("temperature", 40);
        passMillis(1000);
        assertThat(register(chip, 0xf7, 6)).isEqualTo(first);
    }

    @Test
    void bme280_answersNotWhileItStarts() throws Exception {
        var chip = Bmx280Model.bme280(() -> nanos);
        write(chip, 0xe0, 0xb6);
        assertThatThrownBy(() -> register(chip, 0xd0, 1)).isInstanceOf(NotAcknowledged.class);
        passMillis(2);
        assertThat(register(chip, 0xd0, 1)).isEqualTo("60");
    }

    @Test
    void bmp280_isOneAndHasNoHumidity() throws Exception {
        var chip = Bmx280Model.bmp280(() -> nanos);
        assertThat(register(chip, 0xd0, 1)).isEqualTo("58");
        assertThat(register(chip, 0x88, 6)).isEqualTo("706b436718fc");
        assertThat(register(chip, 0xfd, 2)).isEqualTo("0000");
        assertThat(chip.quantities()).containsExactlyInAnyOrder("temperature", "pressure");
    }

    @Test
    void bme280_normalModeGoesOnByItself() throws Exception {
        var chip = Bmx280Model.bme280(() -> nanos);
        write(chip, 0xf4, 0x27);
        passMillis(20);
        var first = register(chip, 0xfa, 3);
        chip.set("temperature", 40);
        passMillis(20);
        assertThat(register(chip, 0xfa, 3)).isNotEqualTo(first);
        // config is not written in normal mode
        write(chip, 0xf5, 0x10);
        assertThat(register(chip, 0xf5, 1)).isEqualTo("00");
    }

    @Test
    void bh1750_measuresOnlyWithPowerAndOnce() throws Exception {
        var chip = new Bh1750Model(() -> nanos);
        write(chip, 0x20);
        passMillis(200);
        assertThat(read(chip, 2)).isEqualTo("0000");
        chip.set("illuminance", 0x8390 / 1.2);
        write(chip, 0x01);
        write(chip, 0x20);
        passMillis(179);
        assertThat(read(chip, 2)).isEqualTo("0000");
        passMillis(1);
        assertThat(read(chip, 2)).isEqualTo("8390");
        chip.set("illuminance", 5);
        write(chip, 0x20);
        passMillis(200);
        assertThat(read(chip, 2)).isEqualTo("8390");
    }

    @Test
    void bh1750_takesOneInstructionForEachTransfer() throws Exception {
        var chip = new Bh1750Model(() -> nanos);
        write(chip, 0x01, 0x20);
        passMillis(200);
        assertThat(read(chip, 2)).isEqualTo("0000");
    }

    @Test
    void bh1750_brightLightSaturates() throws Exception {
        var chip = new Bh1750Model(() -> nanos);
        chip.set("illuminance", 100_000);
        write(chip, 0x01);
        write(chip, 0x20);
        passMillis(200);
        assertThat(read(chip, 2)).isEqualTo("ffff");
    }

    @Test
    void sht3x_isSilentUntilItIsReadyAndAnswersOnce() throws Exception {
        var chip = new Sht3xModel(() -> nanos);
        assertThatThrownBy(() -> read(chip, 6)).isInstanceOf(NotAcknowledged.class);
        write(chip, 0x24, 0x00);
        passMillis(15.4);
        assertThatThrownBy(() -> read(chip, 6)).isInstanceOf(NotAcknowledged.class);
        passMillis(0.1);
        assertThat(read(chip, 6)).hasSize(12);
        assertThatThrownBy(() -> read(chip, 6)).isInstanceOf(NotAcknowledged.class);
    }

    @Test
    void sht3x_checksumIsThePublishedOne() throws Exception {
        var chip = new Sht3xModel(() -> nanos);
        chip.set("temperature", -45 + 175 * (0xbeef / 65_535.0));
        chip.set("humidity", 100 * (0x6667 / 65_535.0));
        write(chip, 0x24, 0x16);
        passMillis(5);
        assertThat(read(chip, 6)).isEqualTo("beef926667a2");
    }

    @Test
    void sht3x_periodicModeRefusesASingleShotUntilTheBreak() throws Exception {
        var chip = new Sht3xModel(() -> nanos);
        write(chip, 0x21, 0x30);
        assertThatThrownBy(() -> write(chip, 0x24, 0x00)).isInstanceOf(NotAcknowledged.class);
        write(chip, 0x30, 0x93);
        write(chip, 0x24, 0x00);
    }

    @Test
    void sht3x_resetSwitchesTheHeaterOff() throws Exception {
        var chip = new Sht3xModel(() -> nanos);
        write(chip, 0x30, 0x6d);
        write(chip, 0xf3, 0x2d);
        assertThat(read(chip, 2)).isEqualTo("a010");
        write(chip, 0x30, 0xa2);
        assertThatThrownBy(() -> write(chip, 0xf3, 0x2d)).isInstanceOf(NotAcknowledged.class);
        passMillis(1.5);
        write(chip, 0xf3, 0x2d);
        assertThat(read(chip, 2)).isEqualTo("8010");
    }

    @Test
    void ads1115_convertsWhenStartedAndSaysWhenItIsOver() throws Exception {
        var chip = new Ads1115Model(() -> nanos);
        assertThat(register(chip, 1, 2)).isEqualTo("8583");
        chip.set("a1", 1.024);
        write(chip, 1, 0xd5, 0x83);
        assertThat(register(chip, 1, 2)).isEqualTo("5583");
        passMillis(8.6);
        assertThat(register(chip, 0, 2)).isEqualTo("0000");
        passMillis(0.1);
        assertThat(register(chip, 1, 2)).isEqualTo("d583");
        assertThat(register(chip, 0, 2)).isEqualTo("4000");
        chip.set("a1", 0);
        passMillis(1000);
        assertThat(register(chip, 0, 2)).isEqualTo("4000");
    }

    @Test
    void ads1115_endsOfTheCode() throws Exception {
        var chip = new Ads1115Model(() -> nanos);
        chip.set("a0", 3.3);
        chip.set("a1", 0.1);
        write(chip, 1, 0xc5, 0x83);
        passMillis(10);
        assertThat(register(chip, 0, 2)).isEqualTo("7fff");
        chip.set("a0", -3);
        write(chip, 1, 0x85, 0x83);
        passMillis(10);
        assertThat(register(chip, 0, 2)).isEqualTo("8000");
    }

    @Test
    void set_refusesWhatThereIsNot() {
        var chip = new Bh1750Model(() -> nanos);
        assertThatThrownBy(() -> chip.set("temperature", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chip.set("illuminance", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
