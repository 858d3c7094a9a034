package io.walnutedge.sensor.declared;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.I2cBus;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.sensor.i2c.Mux;
import java.util.List;
import java.util.Optional;

/**
 * A chip that the configuration declares: in the sensor's own table, or in a file of {@code chips} beside it that
 * {@code definition} names. Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class I2cRegisters implements SensorDriver {
    private static final String FOLDER = "chips";
    private static final int ANY = 0x08;

    /** After a problem, which keeps the plan from being opened. */
    private static final List<Quantity> STAND_IN = List.of(new Quantity("value", "", 2));

    @Override
    public String name() {
        return "i2c-registers";
    }

    @Override
    public String title() {
        return "any chip with registers, declared in the configuration";
    }

    @Override
    public String keys() {
        return "`definition`, or the keys of one (see `chip-definitions.md`)";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var bus = I2cBus.read(settings);
        var mux = Mux.read(settings);
        if (!settings.has("definition")) {
            var address = settings.address("address");
            return plan(new I2cDevice(bus, address, mux), new DefinitionReader(settings).read());
        }
        for (var key : DefinitionReader.KEYS) {
            settings.refuse(
                    key,
                    "belongs into the definition; to change one, copy its file, or include it in place of definition");
        }
        var named = settings.fileNamedBy("definition", FOLDER);
        if (named.isEmpty()) {
            return notFound(settings, bus);
        }
        var definition = new DefinitionReader(named.get()).read();
        var usual = named.get().has("address") ? named.get().address("address", ANY) : 0;
        named.get().finish();
        var address = usual == 0 ? settings.address("address") : settings.address("address", usual);
        return plan(new I2cDevice(bus, address, mux), definition);
    }

    /** With a quantity for each table of the sensor, or they would be called unknown. */
    private static SensorPlan notFound(ConfigTable settings, I2cBus bus) {
        var device = new I2cDevice(bus, settings.address("address", ANY), Optional.empty());
        var quantities = settings.keys().stream()
                .filter(key -> settings.hasTable(key) && ItemId.isValid(key))
                .map(key -> new Quantity(key, "", 2))
                .toList();
        return new SensorPlan(device, quantities.isEmpty() ? STAND_IN : quantities, hardware -> {
            throw new SensorException("without a definition");
        });
    }

    private static SensorPlan plan(I2cDevice device, Definition definition) {
        var quantities = definition.quantities().isEmpty() ? STAND_IN : definition.quantities();
        return I2cChip.plan("the chip", device, quantities, chip -> {
            var sensor = new DeclaredSensor(definition, chip);
            sensor.start();
            return sensor;
        });
    }
}
