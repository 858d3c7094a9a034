package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ds18b20Test {
    private static final String ID = "28-000005e2fdc3";
    private static final String DEVICE = "sys/bus/w1/devices/" + ID + "/";

    /** From the kernel's documentation of w1_therm. */
    private static final String AT_23 = "72 01 4b 46 7f ff 0e 10 57";

    /** What a DS18B20 holds when it gets power (data sheet, figure "DS18B20 memory map"). */
    private static final String POWER_UP = "50 05 4b 46 7f ff 0c 10 1c";

    @TempDir
    Path directory;

    private SysTree slave(String bytes, String verdict, int milliCelsius) {
        return new SysTree(directory)
                .with(DEVICE + "w1_slave = " + bytes + " : crc=" + bytes.substring(24) + " " + verdict + "\\n" + bytes
                        + " t=" + milliCelsius);
    }

    private SysTree temperature(String milliCelsius) {
        return new SysTree(directory).with(DEVICE + "temperature = " + milliCelsius);
    }

    private static Sensor open(SysTree tree) throws Exception {
        return tree.open(new Ds18b20(), "id = " + ID);
    }

    /** Nine bytes at 85 °C with another byte 6 and the right CRC. */
    private static String at85(int byte6) {
        var bytes = HexFormat.ofDelimiter(" ").parseHex(POWER_UP);
        bytes[6] = (byte) byte6;
        bytes[8] = (byte) Crc8.ONE_WIRE.of(bytes, 0, 8);
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    @Test
    void crc_ofTheApplicationNote_isRight() {
        // Maxim application note 27: ROM 02 1C B8 01 00 00 00 has the CRC A2
        assertThat(Crc8.ONE_WIRE.of(HexFormat.of().parseHex("021CB801000000"), 0, 7))
                .isEqualTo(0xA2);
        assertThat(Crc8.ONE_WIRE.of(HexFormat.ofDelimiter(" ").parseHex(POWER_UP), 0, 8))
                .isEqualTo(0x1C);
    }

    @Test
    void w1Slave_givesDegrees() throws Exception {
        assertThat(SysTree.shown(open(slave(AT_23, "YES", 23125)).read())).containsExactly("temperature=23.13°C");
    }

    @Test
    void temperatureAlone_givesDegrees() throws Exception {
        assertThat(SysTree.shown(open(temperature("-10125")).read())).containsExactly("temperature=-10.13°C");
    }

    @Test
    void badCrcOfTheKernel_isRefused() throws Exception {
        var sensor = open(slave(AT_23, "NO", 23125));
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("CRC error");
    }

    @Test
    void badCrcThatTheKernelLetPass_isRefused() throws Exception {
        var sensor = open(slave("73" + AT_23.substring(2), "YES", 23187));
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("CRC error");
    }

    @Test
    void allZeros_areAShortCircuitAndNotZeroDegrees() throws Exception {
        var sensor = open(slave("00 00 00 00 00 00 00 00 00", "YES", 0));
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("short-circuited");
    }

    @Test
    void powerUpValue_isRefused_evenNearTheOneBefore() throws Exception {
        var tree = slave(at85(0x10), "YES", 85000);
        var sensor = open(tree);
        sensor.read();
        slave(POWER_UP, "YES", 85000);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("power-up");
    }

    @Test
    void real85_whoseBytesShowTheConversion_isPublished() throws Exception {
        assertThat(SysTree.shown(open(slave(at85(0x10), "YES", 85000)).read())).containsExactly("temperature=85.00°C");
    }

    @Test
    void first85_withoutProof_isRefused() throws Exception {
        var sensor = open(temperature("85000"));
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("power-up");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class);
    }

    @Test
    void jumpTo85_withoutProof_isRefused() throws Exception {
        var sensor = open(temperature("23125"));
        sensor.read();
        temperature("85000");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("power-up");
        temperature("23125");
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=23.13°C");
    }

    @Test
    void warmingThrough85_withoutProof_isPublished() throws Exception {
        var sensor = open(temperature("84500"));
        sensor.read();
        temperature("85000");
        assertThat(SysTree.shown(sensor.read())).containsExactly("temperature=85.00°C");
    }

    @Test
    void errorBetween_forgetsTheNeighbour() throws Exception {
        var sensor = open(temperature("84500"));
        sensor.read();
        temperature("");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("is empty");
        temperature("85000");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("power-up");
    }

    @Test
    void outOfRange_isRefused() throws Exception {
        for (var wrong : new String[] {"-127000", "-55001", "125001", "127937"}) {
            var sensor = open(temperature(wrong));
            assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("range");
        }
        for (var right : new String[] {"-55000", "125000"}) {
            assertThat(open(temperature(right)).read()).hasSize(1);
        }
    }

    @Test
    void garbage_isRefused() throws Exception {
        var tree = new SysTree(directory).with(DEVICE + "w1_slave = \\u0001 t=85 YES");
        var sensor = open(tree);
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("not what w1_therm");
        tree.with(DEVICE + "w1_slave =");
        assertThatThrownBy(sensor::read).isInstanceOf(SensorException.class).hasMessageContaining("did not answer");
    }

    @Test
    void onlyThermometer_needsNoId() throws Exception {
        var tree = temperature("21000").with("""
            sys/bus/w1/devices/w1_bus_master1/w1_master_name = w1_bus_master1
            sys/bus/w1/devices/29-000000011111/name = 29-000000011111
            """);
        assertThat(SysTree.shown(tree.open(new Ds18b20(), "").read())).containsExactly("temperature=21.00°C");
    }

    @Test
    void severalThermometers_needTheId() {
        var tree = temperature("21000").with("sys/bus/w1/devices/28-000005e2fdc4/temperature = 22000");
        assertThatThrownBy(() -> tree.open(new Ds18b20(), ""))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("id = one of: 28-000005e2fdc3, 28-000005e2fdc4");
    }

    @Test
    void missingId_namesThoseThatAreThere() {
        assertThatThrownBy(() -> temperature("1").open(new Ds18b20(), "id = 28-000005e2fdc4"))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("thermometers there: " + ID + "; did you mean");
    }

    @Test
    void noBus_isSaid() {
        var tree = new SysTree(directory);
        assertThatThrownBy(() -> tree.open(new Ds18b20(), ""))
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("no 1-wire bus");
    }

    @Test
    void idThatIsNone_isAProblem() {
        assertThat(SysTree.problems(new Ds18b20(), "id = \"../../etc\"")).contains("is no 1-wire id");
        assertThat(SysTree.problems(new Ds18b20(), "id = 28-000005E2FDC3")).isEmpty();
    }

    @Test
    void tooLittlePower_isSaid() throws Exception {
        assertThatThrownBy(open(temperature("127937"))::read)
                .isInstanceOf(SensorException.class)
                .hasMessageContaining("too little power");
    }

    @Test
    void everyFamily_isRead() throws Exception {
        for (var family : new String[] {"10", "22", "28", "3b", "42"}) {
            var id = family + "-0000000a1b2c";
            var tree = new SysTree(directory).with("sys/bus/w1/devices/" + id + "/temperature = 20500");
            assertThat(SysTree.shown(
                            tree.open(new Ds18b20(), "id = \"" + id + "\"").read()))
                    .containsExactly("temperature=20.50°C");
        }
    }

    @Test
    void namesOfTheOtherChips_meanTheSame() {
        var drivers = Drivers.installed();
        for (var alias : new String[] {"ds18s20", "ds1822", "ds1825", "ds28ea00"}) {
            assertThat(drivers.find(alias)).containsInstanceOf(Ds18b20.class);
        }
    }
}
