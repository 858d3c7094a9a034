package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.util.List;

/** Texas Instruments ADS1015: four voltages of 12 bits (datasheet SBAS473E). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Ads1015 implements I2cDriver {
    /** 9.6.3, DR; 9.5.4, table 5. */
    private static final Ads1x15.Variant VARIANT =
            new Ads1x15.Variant("ADS1015", List.of(128, 250, 490, 920, 1600, 2400, 3300), 1600, 0x7ff0);

    @Override
    public ChipDescriptor chip() {
        // 9.5.1.1, table 4
        return ChipDescriptor.of("ads1015", "Texas Instruments ADS1015", 0x48, 0x49, 0x4a, 0x4b)
                .told(Ads1x15.PROBE)
                .keys(VARIANT.keys())
                .kernel(VARIANT.kernel("ads1015"));
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return Ads1x15.plan(this, settings, VARIANT);
    }
}
