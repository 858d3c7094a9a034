package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.ChipIds;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.simulate.chip.Ads1115Model;
import io.walnutedge.simulate.chip.Bmx280Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChipIdsTest {
    /** Has a few registers, and refuses the others. */
    private static final class Table implements Registers {
        private final Map<Integer, int[]> registers = new HashMap<>();
        private final List<Integer> written = new ArrayList<>();

        Table with(int register, int... bytes) {
            registers.put(register, bytes);
            return this;
        }

        @Override
        public void write(int... bytes) {
            throw new AssertionError("a scan writes nothing");
        }

        @Override
        public byte[] read(int count) {
            return new byte[count];
        }

        @Override
        public byte[] readRegister(int register, int count) throws SensorException {
            written.add(register);
            var found = registers.get(register);
            if (found == null) {
                throw new SensorException("not acknowledged");
            }
            var bytes = new byte[count];
            for (var i = 0; i < Math.min(count, found.length); i++) {
                bytes[i] = (byte) found[i];
            }
            return bytes;
        }

        @Override
        public void close() {}
    }

    @Test
    void silentSht3x_isToldByTheChecksumOfItsStatus() throws Exception {
        var good = new FakeRegisters().then("""
            write f3 2d
            read 3 -> 80 10 e1
            """);
        assertThat(ChipIds.identifySilent(0x44, good)).hasValueSatisfying(chip -> {
            assertThat(chip.chips()).containsExactly("sht3x");
            assertThat(chip.certain()).isTrue();
        });
        var bad = new FakeRegisters().then("""
            write f3 2d
            read 3 -> 80 10 e2
            """);
        assertThat(ChipIds.identifySilent(0x45, bad)).isEmpty();
    }

    @Test
    void silentAddress_whereNoSht3xIs_isNotAsked() {
        assertThat(ChipIds.identifySilent(0x46, new FakeRegisters())).isEmpty();
    }

    /** One register that every written byte replaces. */
    private static final class Switch implements Registers {
        private int mask = 0x05;

        @Override
        public void write(int... bytes) {
            mask = bytes[bytes.length - 1];
        }

        @Override
        public byte[] read(int count) {
            return new byte[] {(byte) mask};
        }

        @Override
        public byte[] readRegister(int register, int count) {
            write(register);
            return read(count);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({
        "0x76, 0xd0, 0x60, 0, bme280", "0x77, 0xd0, 0x58, 0, bmp280", "0x77, 0xd0, 0x55, 0, bmp180",
        "0x76, 0xd0, 0x61, 0, bme680", "0x77, 0x0d, 0x10, 0, dps310", "0x18, 0x06, 0x00, 0x54, mcp9808",
        "0x40, 0xff, 0x10, 0x50, hdc1080", "0x40, 0xff, 0x22, 0x60, ina226", "0x29, 0xc0, 0xee, 0, vl53l0x",
        "0x29, 0xb2, 0x50, 0, tsl2591", "0x68, 0x75, 0x68, 0, mpu6050", "0x69, 0x75, 0x70, 0, mpu6500",
        "0x53, 0x00, 0x60, 0x01, ens160", "0x5a, 0x20, 0x81, 0, ccs811", "0x5f, 0x0f, 0xbc, 0, hts221"
    })
    void identify_byIdRegister(String address, String register, String first, String second, String chip) {
        var table = new Table().with(Integer.decode(register), Integer.decode(first), Integer.decode(second));
        var found = ChipIds.identify(Integer.decode(address), table);
        assertThat(found.chips()).containsExactly(chip);
        assertThat(found.certain()).isTrue();
        assertThat(found.why()).contains("register " + register);
    }

    @Test
    void identify_chipWithoutAnIdIsOneOfTheRest() {
        var found = ChipIds.identify(0x68, new Table());
        assertThat(found.certain()).isFalse();
        assertThat(found.chips()).contains("ds3231", "ds1307").doesNotContain("mpu6050");
        assertThat(ChipIds.identify(0x40, new Table()).chips()).contains("ina219", "htu21d");
    }

    /** Port expanders, command-driven sensors, converters with outputs, displays, the board's own chips. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x10, 0x12, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x36, 0x38, 0x39, 0x3a, 0x3c, 0x3f, 0x44,
                0x45, 0x46, 0x58, 0x59, 0x5c, 0x60, 0x61, 0x62, 0x67, 0x70, 0x75, 0x0b, 0x33
            })
    void identify_whereAByteIsACommandNothingIsAskedEvenWithConsent(int address) {
        var script = new FakeRegisters();
        assertThat(ChipIds.identify(address, script, true).why()).startsWith("not asked");
        assertThat(ChipIds.identify(address, script).certain()).isFalse();
    }

    @Test
    void identify_saysWhatMayBeThere() {
        assertThat(ChipIds.identify(0x23, new FakeRegisters()).chips()).contains("bh1750", "pcf8574");
        assertThat(ChipIds.identify(0x44, new FakeRegisters()).chips()).contains("sht3x", "sht4x");
        assertThat(ChipIds.identify(0x33, new FakeRegisters()).chips()).isEmpty();
        assertThat(ChipIds.identify(0x48, new FakeRegisters()).chips()).contains("ads1115", "pcf8591");
    }

    @Test
    void identify_besideAnAnalogOutputOnlyWithConsent() {
        var registers = new ModelRegisters(new Ads1115Model(new Bench()));
        var asked = ChipIds.identify(0x48, registers, true);
        assertThat(asked.chips()).containsExactly("ads1115", "ads1015");
        assertThat(asked.certain()).isFalse();
        var notAsked = ChipIds.identify(0x48, new FakeRegisters());
        assertThat(notAsked.why()).contains("pcf8591");
        assertThat(ChipIds.identify(0x48, new Table().with(0x0f, 0x01, 0x17), true)
                        .chips())
                .containsExactly("tmp117");
        assertThat(ChipIds.identify(0x48, new Table().with(0x0b, 0xcb), true).chips())
                .containsExactly("adt7420", "adt7410");
        assertThat(ChipIds.identify(0x4c, new Table().with(2, 0x4b, 0).with(3, 0x50, 0), true)
                        .chips())
                .contains("lm75", "tmp102");
    }

    @Test
    void identify_theModelOfABme280() {
        assertThat(ChipIds.identify(0x76, new ModelRegisters(Bmx280Model.bme280(new Bench())))
                        .chips())
                .containsExactly("bme280");
    }

    @Test
    void identify_aBusSwitchIsRecognisedAndSetBack() {
        var chip = new Switch();
        assertThat(ChipIds.identify(0x76, chip).chips()).containsExactly("tca9548a");
        assertThat(chip.mask).isEqualTo(0x05);
    }

    @Test
    void identify_neverAsksForASoftReset() {
        var table = new Table();
        ChipIds.identify(0x40, table);
        assertThat(table.written).doesNotContain(0xfe).isNotEmpty();
    }

    /** A chip at each of 0x48 to 0x4f, by the registers that its datasheet gives after a reset. */
    @ParameterizedTest
    @CsvSource({
        "0f=0117, 48 49 4a 4b, tmp117", // SNOSD82, 7.6.1.11
        "0f=1117, 48 49 4a 4b, tmp117", // another revision
        "0f=2117, 48 49 4a 4b, tmp117", // TMP119, SNIS236
        "0f=1116, 48 49 4a 4b, tmp117", // TMP116, SBOS740
        "0f=7500, 48 49 4a 4b 4c 4d 4e 4f, lm75", // TMP1075, SBOS854
        "0b=cb, 48 49 4a 4b, adt7420 adt7410",
        "02=8000 03=7fff, 48 49 4a 4b, ads1115 ads1015",
        "01=60a0 02=4b00 03=5000, 48 49 4a 4b, tmp102",
        "01=0000 02=4b00 03=5000, 48 49 4a 4b 4c 4d 4e 4f, lm75",
        "01=0101 02=4b00 03=5000, 48 49 4a 4b 4c 4d 4e 4f, lm75 tmp102 pct2075", // somebody has set it
        "00=399f 05=0000, 48 49 4a 4b 4c 4d 4e 4f, ina219",
        "ff=2260, 48 49 4a 4b 4c 4d 4e 4f, ina226"
    })
    void chipsThatShareAnAddress_areToldApart_withConsent(String registers, String addresses, String chips) {
        var table = new Table();
        for (var register : registers.split(" ", -1)) {
            var bytes = java.util.HexFormat.of().parseHex(register.substring(3));
            var values = new int[bytes.length];
            for (var i = 0; i < bytes.length; i++) {
                values[i] = bytes[i] & 0xff;
            }
            table.with(Integer.parseInt(register.substring(0, 2), 16), values);
        }
        for (var address : addresses.split(" ", -1)) {
            var at = Integer.parseInt(address, 16);
            var found = ChipIds.identify(at, table, true);
            assertThat(found.chips()).as("%s at %s", registers, address).containsExactly(chips.split(" "));
            assertThat(found.certain()).isEqualTo(found.chips().size() == 1);
            table.written.clear();
            assertThat(ChipIds.identify(at, table).why()).startsWith("not asked");
            assertThat(table.written).as("asked without consent").isEmpty();
        }
    }

    /** What asking may do is known of each place where it is a matter of consent. */
    @Test
    void harms_areThoseOfEveryPlaceWhereConsentIsNeeded() {
        var told = String.join("\n", ChipIds.harms());
        for (var address = 0x08; address <= 0x77; address++) {
            var asked = new Table();
            var without = new Table();
            ChipIds.identify(address, asked, true);
            ChipIds.identify(address, without);
            assertThat(ChipIds.needsConsent(address))
                    .as("0x%02x", address)
                    .isEqualTo(!asked.written.isEmpty() && without.written.isEmpty());
            assertThat(ChipIds.needsConsent(address)).isEqualTo(address >= 0x48 && address <= 0x4f);
        }
        assertThat(told).contains("0x48 to 0x4b: ", "0x4c to 0x4f: ", "pcf8591");
    }
}
