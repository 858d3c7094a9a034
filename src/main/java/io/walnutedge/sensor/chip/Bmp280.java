package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.util.List;

/** Bosch BMP280: temperature and pressure (datasheet BST-BMP280-DS001-23). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Bmp280 implements I2cDriver {
    @Override
    public ChipDescriptor chip() {
        // 6.2; id
        return ChipDescriptor.of("bmp280", "Bosch BMP280", 0x76, 0x77)
                .id(0xd0, 0x58)
                .rank(ChipDescriptor.FIRST)
                .keys(Bmx280.KEYS)
                .kernel("bmp280", Bmx280.CELSIUS, Bmx280.HECTOPASCALS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        return Bmx280.plan(this, settings, Bmx280.Variant.BMP280, List.of(Quantity.TEMPERATURE, Quantity.PRESSURE));
    }
}
