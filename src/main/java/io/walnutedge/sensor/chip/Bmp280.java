package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import java.util.List;

/** Bosch BMP280: temperature and pressure (datasheet BST-BMP280-DS001-23). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Bmp280 implements SensorDriver {
    @Override
    public String name() {
        return "bmp280";
    }

    @Override
    public String title() {
        return "Bosch BMP280";
    }

    @Override
    public String keys() {
        return "as bme280";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        return Bmx280.plan(settings, Bmx280.Variant.BMP280, List.of(Quantity.TEMPERATURE, Quantity.PRESSURE));
    }
}
