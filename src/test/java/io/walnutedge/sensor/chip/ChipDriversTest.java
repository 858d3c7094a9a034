package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Registers;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan.I2cDevice;
import io.walnutedge.simulate.chip.Ads1115Model;
import io.walnutedge.simulate.chip.Bh1750Model;
import io.walnutedge.simulate.chip.Bmx280Model;
import io.walnutedge.simulate.chip.ChipModel;
import io.walnutedge.simulate.chip.Sht3xModel;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every driver of a chip promises. */
class ChipDriversTest {
    private static final Map<String, Function<LongSupplier, ChipModel>> MODELS = Map.of(
            "bme280", Bmx280Model::bme280,
            "bmp280", Bmx280Model::bmp280,
            "bh1750", Bh1750Model::new,
            "sht3x", Sht3xModel::new,
            "ads1115", Ads1115Model::new);

    private final Bench bench = new Bench();

    private ChipModel model(String driver) {
        return java.util.Objects.requireNonNull(MODELS.get(driver)).apply(bench);
    }

    /** Every bit the same, whatever is asked. */
    private record DeadBus(int value) implements Registers {
        @Override
        public void write(int... bytes) {}

        @Override
        public byte[] read(int count) {
            var bytes = new byte[count];
            Arrays.fill(bytes, (byte) value);
            return bytes;
        }

        @Override
        public byte[] readRegister(int register, int count) {
            return read(count);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"bme280", "bmp280", "bh1750", "sht3x", "ads1115"})
    void driver_readsWhatItsPlanNames(String driver) throws Exception {
        var quantities = Bench.plan(driver, "").quantities();
        assertThat(quantities)
                .isNotEmpty()
                .allSatisfy(quantity -> assertThat(quantity.unit()).isNotEmpty());
        var sensor = bench.open(driver, "", new ModelRegisters(model(driver)));
        assertThat(Bench.read(sensor).keySet())
                .containsExactlyElementsOf(
                        quantities.stream().map(Quantity::name).toList());
        sensor.close();
        sensor.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bme280", "bmp280", "bh1750", "sht3x", "ads1115"})
    void driver_nackAtOpeningIsASensorExceptionAndGivesTheDeviceBack(String driver) {
        var registers = new FakeRegisters()
                .then(
                        switch (driver) {
                            case "bh1750" -> "write 01 -> NACK";
                            case "sht3x" -> "write 30 93 -> NACK";
                            case "ads1115" -> "register 01 2 -> NACK";
                            default -> "register d0 1 -> NACK";
                        });
        assertThatThrownBy(() -> bench.open(driver, "", registers)).isInstanceOf(SensorException.class);
        registers.assertPlayed();
        assertThat(registers.closed()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bme280", "bmp280", "bh1750", "sht3x", "ads1115"})
    void driver_deadBusIsNeverANumber(String driver) {
        assertThatThrownBy(() -> bench.open(driver, "", new DeadBus(0xff)).read())
                .isInstanceOf(SensorException.class);
        if (!driver.equals("bh1750")) { // to which all zeros are darkness
            assertThatThrownBy(() -> bench.open(driver, "", new DeadBus(0)).read())
                    .isInstanceOf(SensorException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bme280", "bmp280", "bh1750", "sht3x", "ads1115"})
    void driver_refusesUnknownKeysAndForeignAddresses(String driver) {
        assertThat(Bench.problems(driver, "adress = 0x76"))
                .singleElement()
                .asString()
                .contains("did you mean 'address'");
        assertThat(Bench.problems(driver, "address = 0x50"))
                .singleElement()
                .asString()
                .contains("address: \"0x50\" is no address of this chip; accepted: 0x");
        assertThat(Bench.problems(driver, "bus = two"))
                .singleElement()
                .asString()
                .contains("bus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bme280", "bmp280", "bh1750", "sht3x", "ads1115"})
    void driver_hasADefaultForEachKey(String driver) {
        var addresses = Map.of("bme280", 0x76, "bmp280", 0x76, "bh1750", 0x23, "sht3x", 0x44, "ads1115", 0x48);
        assertThat(Bench.plan(driver, "").source()).isEqualTo(new I2cDevice(1, addresses.getOrDefault(driver, 0)));
        var other = Map.of("bme280", 0x77, "bmp280", 0x77, "bh1750", 0x5c, "sht3x", 0x45, "ads1115", 0x4b);
        assertThat(Bench.plan(driver, "bus = 2, address = " + other.get(driver)).source())
                .isEqualTo(new I2cDevice(2, other.getOrDefault(driver, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bme280", "bmp280", "bh1750", "sht3x", "ads1115"})
    void driver_refusesOptionsOutOfRange(String driver) {
        var wrong = Map.of(
                "bme280", "oversampling = 3",
                "bmp280", "filter = 5",
                "bh1750", "measurement-time = 30",
                "sht3x", "repeatability = highest",
                "ads1115", "channels = []");
        assertThat(Bench.problems(driver, String.valueOf(wrong.get(driver)))).hasSize(1);
        assertThatCode(() -> Bench.plan(driver, "")).doesNotThrowAnyException();
    }
}
