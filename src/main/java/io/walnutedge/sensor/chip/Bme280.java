package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.util.List;

/** Bosch BME280: temperature, humidity and pressure (datasheet BST-BME280-DS002-15). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Bme280 implements I2cDriver {
    @Override
    public ChipDescriptor chip() {
        // 6.2; id
        return ChipDescriptor.of("bme280", "Bosch BME280", 0x76, 0x77)
                .id(0xd0, 0x60)
                .rank(ChipDescriptor.FIRST)
                .keys(Bmx280.KEYS)
                .kernel("bme280", Bmx280.CELSIUS, Bmx280.HECTOPASCALS);
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var quantities = List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY, Quantity.PRESSURE);
        return Bmx280.plan(this, settings, Bmx280.Variant.BME280, quantities);
    }
}
