package io.walnutedge.sensor.i2c;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.SensorPlan.Need;
import io.walnutedge.sensor.i2c.I2cChip.Starting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A driver of one type of chip on an I2C bus. Stateless; any thread. */
public interface I2cDriver extends SensorDriver {
    /** Where the chip may be and what tells it; its first name is the value of {@code type}. */
    ChipDescriptor chip();

    @Override
    default String name() {
        return chip().name();
    }

    @Override
    default String title() {
        return chip().title();
    }

    @Override
    default String keys() {
        return Stream.concat(Stream.of(chip().keys()), chip().kernel().map(kernel -> KernelChip.KEYS).stream())
                .filter(keys -> !keys.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Reads the chip's own keys, as {@link SensorDriver#plan} does, for the driver that is no kernel's. */
    SensorPlan ownPlan(ConfigTable settings);

    /** The kernel's driver, where there is one. */
    default Optional<KernelChip> kernel(ConfigTable settings) {
        return chip().kernel();
    }

    @Override
    default SensorPlan plan(ConfigTable settings) {
        var own = ownPlan(settings);
        return kernel(settings).map(kernel -> kernel.or(settings, own)).orElse(own);
    }

    /** See {@link I2cChip#plan}. */
    default SensorPlan plan(ConfigTable settings, String name, List<Quantity> quantities, Starting starting) {
        return plan(settings, name, quantities, List.of(), starting);
    }

    /** The same, of a chip that takes values from other sensors. */
    default SensorPlan plan(
            ConfigTable settings, String name, List<Quantity> quantities, List<Need> needs, Starting starting) {
        var bus = I2cBus.read(settings);
        var address = settings.address("address", chip().addresses());
        return I2cChip.plan(name, new I2cDevice(bus, address, Mux.read(settings)), quantities, needs, starting);
    }
}
