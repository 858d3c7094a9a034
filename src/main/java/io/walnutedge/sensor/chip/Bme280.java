package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.KernelChip;
import java.util.List;

/** Bosch BME280: temperature, humidity and pressure (datasheet BST-BME280-DS002-15). Stateless; any thread. */
@AutoService(SensorDriver.class)
public final class Bme280 implements I2cDriver {
    /** 6.2; id. */
    private static final ChipDescriptor CHIP = ChipDescriptor.of("bme280", "Bosch BME280", 0x76, 0x77)
            .id(0xd0, 0x60)
            .rank(ChipDescriptor.FIRST);

    @Override
    public ChipDescriptor chip() {
        return CHIP;
    }

    @Override
    public String keys() {
        return "`oversampling` **1** 2 4 8 16; `filter` **0** 2 4 8 16" + KernelChip.KEYS;
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var quantities = List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY, Quantity.PRESSURE);
        return Bmx280.plan(settings, CHIP, Bmx280.Variant.BME280, quantities);
    }
}
