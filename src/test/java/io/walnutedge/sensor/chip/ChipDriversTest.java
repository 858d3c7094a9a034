package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.sensor.i2c.Registers;
import io.walnutedge.simulate.chip.ModelMaker;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every driver of a chip promises. A driver is found by its model, which {@link ModelMaker} has. */
class ChipDriversTest {
    /** To a bh1750 all zeros are darkness. */
    private static final Set<String> ZEROS_ARE_A_VALUE = Set.of("bh1750");

    private final Bench bench = new Bench();

    static Set<String> drivers() {
        return ModelMaker.installed().keySet();
    }

    private Registers model(String driver) {
        var maker = Objects.requireNonNull(ModelMaker.installed().get(driver));
        return new ModelRegisters(maker.make(bench));
    }

    /** Every bit the same, whatever is asked; or nobody there, where there is no such byte. */
    private static final class DeadBus implements Registers {
        private final int value;
        private int closed;

        DeadBus(int value) {
            this.value = value;
        }

        private void answer() throws SensorException {
            if (value < 0) {
                throw new SensorException("not acknowledged");
            }
        }

        @Override
        public void write(int... bytes) throws SensorException {
            answer();
        }

        @Override
        public byte[] read(int count) throws SensorException {
            answer();
            var bytes = new byte[count];
            Arrays.fill(bytes, (byte) value);
            return bytes;
        }

        @Override
        public byte[] readRegister(int register, int count) throws SensorException {
            return read(count);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void driver_readsWhatItsPlanNames(String driver) throws Exception {
        var quantities = Bench.plan(driver, "").quantities();
        assertThat(quantities).isNotEmpty();
        var sensor = bench.open(driver, "", model(driver));
        assertThat(bench.readFirst(sensor).keySet())
                .containsExactlyElementsOf(
                        quantities.stream().map(Quantity::name).toList());
        sensor.close();
        sensor.close();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void driver_nackAtOpeningIsASensorExceptionAndGivesTheDeviceBack(String driver) {
        var nobody = new DeadBus(-1);
        assertThatThrownBy(() -> bench.open(driver, "", nobody)).isInstanceOf(SensorException.class);
        assertThat(nobody.closed).isOne();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void driver_deadBusIsNeverANumber(String driver) {
        assertThatThrownBy(() -> bench.open(driver, "", new DeadBus(0xff)).read())
                .isInstanceOf(SensorException.class);
        if (!ZEROS_ARE_A_VALUE.contains(driver)) {
            assertThatThrownBy(() -> bench.open(driver, "", new DeadBus(0)).read())
                    .isInstanceOf(SensorException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void driver_refusesUnknownKeysAndForeignAddresses(String driver) {
        assertThat(Bench.problems(driver, "adress = 0x76"))
                .singleElement()
                .asString()
                .contains("did you mean 'address'");
        assertThat(Bench.problems(driver, "address = 0x03")) // reserved (I2C specification UM10204, 3.1.12)
                .singleElement()
                .asString()
                .contains("address: \"0x03\" is no address of this chip; accepted: 0x");
        assertThat(Bench.problems(driver, "bus = two"))
                .singleElement()
                .asString()
                .contains("bus");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void driver_takesEachOfItsAddresses_andTheFirstByItself(String driver) {
        var accepted = Bench.problems(driver, "address = 0x03").get(0).replaceAll("^.*accepted: ", "");
        var addresses =
                Pattern.compile("0x[0-9a-f]{2}").matcher(accepted).results().toList();
        assertThat(Bench.plan(driver, "").source())
                .isEqualTo(new I2cDevice(1, Integer.decode(addresses.get(0).group())));
        for (var address : addresses) {
            assertThat(Bench.plan(driver, "bus = 2, address = " + address.group())
                            .source())
                    .isEqualTo(new I2cDevice(2, Integer.decode(address.group())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bme280, oversampling = 3",
        "bmp280, filter = 5",
        "bh1750, measurement-time = 30",
        "sht3x, repeatability = highest",
        "ads1115, channels = []"
    })
    void driver_refusesOptionsOutOfRange(String driver, String wrong) {
        assertThat(Bench.problems(driver, wrong)).hasSize(1);
    }
}
