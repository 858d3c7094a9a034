package io.walnutedge.sensor.i2c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.chip.Bench;
import io.walnutedge.sensor.chip.ModelRegisters;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.simulate.chip.Bh1750Model;
import io.walnutedge.simulate.chip.ChipModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Chips of one address behind a switch, which sees to it that a transfer reaches those that are connected, and only those. */
class MuxTest {
    private static final int LIGHT = 0x23;

    private final SwitchedBus bus = new SwitchedBus();

    /** A bus with a TCA9548A at 0x70. */
    private static final class SwitchedBus implements Hardware, I2cBuses {
        private final Map<Integer, ChipModel> channels = new HashMap<>();
        private long nanos;
        private int mask;
        private boolean isMuxThere = true;
        private int open;

        @Override
        public Registers registers(int bus, int address) {
            open++;
            return new Line(address);
        }

        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(kind, DeviceFiles.SYSTEM, this);
        }

        @Override
        public void pause(Duration duration) {
            nanos += duration.toNanos();
        }

        private Registers connected() throws SensorException {
            var found = channels.entrySet().stream()
                    .filter(each -> (mask >> each.getKey() & 1) == 1)
                    .map(Map.Entry::getValue)
                    .collect(Collectors.toList());
            assertThat(found).as("chips that hear this").hasSizeLessThan(2);
            if (found.isEmpty()) {
                throw new SensorException("not acknowledged");
            }
            return new ModelRegisters(found.get(0));
        }

        private final class Line implements Registers {
            private final int address;

            Line(int address) {
                this.address = address;
            }

            @Override
            public void write(int... bytes) throws SensorException {
                if (address == LIGHT) {
                    connected().write(bytes);
                } else if (isMuxThere) {
                    mask = bytes[bytes.length - 1];
                } else {
                    throw new SensorException("0x70 on i2c-1 does not answer");
                }
            }

            @Override
            public byte[] read(int count) throws SensorException {
                return connected().read(count);
            }

            @Override
            public byte[] readRegister(int register, int count) throws SensorException {
                return connected().readRegister(register, count);
            }

            @Override
            public void close() {
                open--;
            }
        }
    }

    private Bh1750Model light(int channel, double lux) {
        var model = new Bh1750Model(() -> bus.nanos);
        model.set("illuminance", lux);
        bus.channels.put(channel, model);
        return model;
    }

    private Sensor open(int channel) throws Exception {
        return Bench.plan("bh1750", "mux { address = 0x70, channel = " + channel + " }")
                .opening()
                .open(bus);
    }

    @Test
    void chipsOfOneAddress_areToldApartByTheirChannels() throws Exception {
        light(0, 100);
        light(7, 5000);
        var first = open(0);
        var last = open(7);
        assertThat(Bench.read(first)).containsEntry("illuminance", 100.0);
        assertThat(Bench.read(last)).containsEntry("illuminance", 5000.0);
        assertThat(Bench.read(first)).containsEntry("illuminance", 100.0);
        assertThat(bus.mask).as("connected when nobody is asked").isZero();
        first.close();
        last.close();
        assertThat(bus.open).isZero();
    }

    @Test
    void chip_thatIsNotThere_leavesNoChannelConnected() {
        assertThatThrownBy(() -> open(3)).hasMessage("not acknowledged");
        assertThat(bus.mask).isZero();
        assertThat(bus.open).isZero();
    }

    @Test
    void mux_thatIsNotThere_isNamed() {
        light(0, 100);
        bus.isMuxThere = false;
        assertThatThrownBy(() -> open(0)).hasMessage("the bus switch: 0x70 on i2c-1 does not answer");
        assertThat(bus.open).isZero();
    }

    @Test
    void mux_isJudged() {
        assertThat(Bench.problems("bh1750", "mux { address = 0x44, channel = 1 }"))
                .singleElement()
                .asString()
                .contains("mux.address", "0x70");
        assertThat(Bench.problems("bh1750", "mux { address = 0x70, channel = 8 }"))
                .singleElement()
                .asString()
                .contains("mux.channel", "0 to 7");
        assertThat(Bench.problems("bh1750", "mux { address = 0x70 }"))
                .singleElement()
                .asString()
                .contains("mux.channel", "required");
        assertThat(Bench.problems("bh1750", "mux { channel = 1, chanel = 2 }"))
                .singleElement()
                .asString()
                .contains("mux.chanel");
    }

    /** A chip that the configuration declares is no other than one with a driver. */
    @Test
    void declaredChip_isBehindTheSwitch_too() throws Exception {
        light(2, 100);
        light(5, 5000);
        var declared =
                "address = 0x23, init = [[0x01], [0x10]], init-wait = 200 ms, reads = [{ plain = true, bytes = 2 }],"
                        + " fields { light { bytes = \"0-1\" } }\n";
        var values = new ArrayList<Double>();
        for (var channel : List.of(2, 5)) {
            try (var sensor = Bench.plan(
                            "i2c-registers", declared + "mux { address = 0x70, channel = " + channel + " }")
                    .opening()
                    .open(bus)) {
                values.add(Bench.read(sensor).get("light"));
            }
            assertThat(bus.mask).as("connected when nobody is asked").isZero();
        }
        assertThat(values.get(1)).isCloseTo(50 * values.get(0), within(50.0));
        assertThat(bus.open).isZero();
        assertThat(Bench.problems("i2c-registers", declared + "mux { address = 0x70, channel = 8 }"))
                .singleElement()
                .asString()
                .contains("mux.channel");
    }
}
