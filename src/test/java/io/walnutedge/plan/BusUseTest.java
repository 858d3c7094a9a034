package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.config.ConfigFile;
import io.walnutedge.config.Problem;
import io.walnutedge.config.Problems;
import io.walnutedge.sensor.SensorPlan.I2cDevice;
import io.walnutedge.sensor.SensorPlan.MuxChannel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BusUseTest {
    private static I2cDevice behind(int channel, int address) {
        return new I2cDevice(1, address, Optional.of(new MuxChannel(0x70, channel)));
    }

    private static List<String> problems(I2cDevice... devices) {
        var problems = new Problems();
        var use = new BusUse();
        for (var device : devices) {
            use.use(ConfigFile.parse("type = x", problems), device);
        }
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    void addresses_ofSeveralChannelsAndBusesAreFree() {
        assertThat(problems(
                        behind(0, 0x44),
                        behind(1, 0x44),
                        behind(0, 0x45),
                        new I2cDevice(2, 0x44),
                        new I2cDevice(1, 0x23)))
                .isEmpty();
    }

    @Test
    void address_takenIsAProblem() {
        assertThat(problems(behind(0, 0x44), behind(0, 0x44)))
                .singleElement()
                .asString()
                .contains("i2c-1 0x44 behind 0x70/0 is used by");
    }

    @Test
    void address_onTheBusAndBehindASwitch_isAProblemInEitherOrder() {
        assertThat(problems(behind(0, 0x44), new I2cDevice(1, 0x44)))
                .singleElement()
                .asString()
                .contains("would answer together");
        assertThat(problems(new I2cDevice(1, 0x44), behind(0, 0x44)))
                .singleElement()
                .asString()
                .contains("would answer together");
    }

    @Test
    void address_ofTheSwitchIsAProblem() {
        assertThat(problems(behind(0, 0x44), new I2cDevice(1, 0x70)))
                .singleElement()
                .asString()
                .contains("is a switch");
        assertThat(problems(behind(0, 0x70))).singleElement().asString().contains("its own switch");
    }
}
