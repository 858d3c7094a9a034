package io.walnutedge.sensor.chip;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.ChipDescriptor;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Bosch BME680 and BME688: temperature, humidity, pressure and gas resistance of one forced conversion, in one transfer
 * (datasheet BST-BME680-DS001). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Bme680 implements I2cDriver {
    static final List<Integer> OVERSAMPLING = List.of(1, 2, 4, 8, 16); // osrs_t, osrs_p, osrs_h
    static final List<Integer> FILTER = List.of(0, 1, 3, 7, 15, 31, 63, 127); // filter

    @Override
    public ChipDescriptor chip() {
        // 6.2
        return ChipDescriptor.of("bme680", "Bosch BME680, BME688", 0x76, 0x77)
                .id(Bme680Conversion.ID)
                .rank(ChipDescriptor.FIRST)
                .keys("`oversampling` **1** 2 4 8 16; `filter` **0** 1 3 7 15 31 63 127; `gas` **true** false; "
                        + "`heater-temperature` 200 to 400, **320** °C; `heater-duration` 1 to 4032, **150** ms");
    }

    @Override
    public SensorPlan ownPlan(ConfigTable settings) {
        var oversampling = I2cChip.oneOf(settings, "oversampling", 1, OVERSAMPLING);
        var filter = I2cChip.oneOf(settings, "filter", 0, FILTER);
        var hasGas = settings.flag("gas", true);
        var celsius = settings.integer("heater-temperature", 320, 200, 400); // 1, gas sensor specification
        var millis = settings.integer("heater-duration", 150, 1, 4_032); // gas_wait_x
        var quantities = new ArrayList<>(List.of(Quantity.TEMPERATURE, Quantity.HUMIDITY, Quantity.PRESSURE));
        if (hasGas) {
            quantities.add(Quantity.GAS_RESISTANCE);
        }
        return plan(
                        settings,
                        "BME680",
                        List.copyOf(quantities),
                        chip -> new Bme680Conversion(chip, oversampling, filter, celsius, hasGas ? millis : 0)
                                .prepared())
                .noSooner(Duration.ofMillis(hasGas ? millis : 0));
    }
}
