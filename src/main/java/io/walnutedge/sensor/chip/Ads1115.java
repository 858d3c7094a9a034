package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.util.List;

/** Texas Instruments ADS1115: four voltages of 16 bits (datasheet SBAS444D). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Ads1115 implements I2cDriver {
    /** 9.6.3, DR; 9.5.4, table 5. */
    private static final Ads1x15.Variant VARIANT =
            new Ads1x15.Variant("ADS1115", List.of(8, 16, 32, 64, 128, 250, 475, 860), 128, 0x7fff);

    @Override
    public ChipDescriptor chip() {
        // 9.5.1.1, table 4
        return ChipDescriptor.of("ads1115", "Texas Instruments ADS1115", 0x48, 0x49, 0x4a, 0x4b)
                .told(Ads1x15.PROBE)
                .rank(ChipDescriptor.EARLY) // its registers after a reset say more than a thermometer's
                .keys(VARIANT.keys())
                .kernel(VARIANT.kernel("ads1115"));
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return Ads1x15.plan(this, settings, VARIANT);
    }
}
