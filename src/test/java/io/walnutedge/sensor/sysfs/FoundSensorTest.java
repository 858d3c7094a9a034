package io.walnutedge.sensor.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundSensorTest {
    private final List<String> events = new ArrayList<>();
    private int number;
    private boolean there = true;
    private boolean broken;

    private FoundSensor.Device find(DeviceFiles files) throws SensorException {
        if (!there) {
            throw new SensorException("not there");
        }
        var mine = ++number;
        events.add("find " + mine);
        return new FoundSensor.Device() {
            @Override
            public List<Measurement> measure() throws SensorException {
                events.add("measure " + mine);
                if (broken) {
                    throw new SensorException("No such device");
                }
                return List.of(Measurement.of(Quantity.TEMPERATURE, mine));
            }

            @Override
            public void close() {
                events.add("close " + mine);
            }
        };
    }

    @Test
    void keptDevice_isFoundOnceAndReadAgain() throws Exception {
        var sensor = FoundSensor.open(DeviceFiles.SYSTEM, true, this::find);
        sensor.read();
        sensor.read();
        sensor.close();
        sensor.close();
        assertThat(events).containsExactly("find 1", "measure 1", "measure 1", "close 1");
    }

    @Test
    void keptDevice_isGivenBackAfterAnErrorAndFoundAgain() throws Exception {
        var sensor = FoundSensor.open(DeviceFiles.SYSTEM, true, this::find);
        broken = true;
        assertThatThrownBy(sensor::read).hasMessage("No such device");
        there = false;
        assertThatThrownBy(sensor::read).hasMessage("not there");
        there = true;
        broken = false;
        assertThat(sensor.read()).containsExactly(Measurement.of(Quantity.TEMPERATURE, 2));
        sensor.close();
        assertThat(events).containsExactly("find 1", "measure 1", "close 1", "find 2", "measure 2", "close 2");
    }

    @Test
    void otherDevice_isFoundForEachSample() throws Exception {
        try (var sensor = FoundSensor.open(DeviceFiles.SYSTEM, false, this::find)) {
            sensor.read();
            sensor.read();
        }
        assertThat(events)
                .containsExactly(
                        "find 1", "close 1", "find 2", "measure 2", "close 2", "find 3", "measure 3", "close 3");
    }

    @Test
    void missingDevice_cannotBeOpened() {
        there = false;
        assertThatThrownBy(() -> FoundSensor.open(DeviceFiles.SYSTEM, true, this::find))
                .isInstanceOf(SensorException.class);
    }
}
