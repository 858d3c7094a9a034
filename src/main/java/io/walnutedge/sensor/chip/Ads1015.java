package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import java.util.List;

/** Texas Instruments ADS1015: four voltages of 12 bits (datasheet SBAS473E). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Ads1015 implements SensorDriver {
    /** 9.6.3, DR; 9.5.4, table 5. */
    private static final Ads1x15.Variant VARIANT =
            new Ads1x15.Variant("ADS1015", List.of(128, 250, 490, 920, 1600, 2400, 3300), 1600, 0x7ff0);

    @Override
    public String name() {
        return "ads1015";
    }

    @Override
    public String title() {
        return "Texas Instruments ADS1015";
    }

    @Override
    public String keys() {
        return VARIANT.keys();
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        return Ads1x15.plan(settings, VARIANT);
    }
}
