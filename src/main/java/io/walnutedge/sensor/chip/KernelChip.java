package io.walnutedge.sensor.chip;

import io.walnutedge.config.Settings;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Attribute;
import io.walnutedge.sensor.DeviceDirs;
import io.walnutedge.sensor.Roots;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.SensorPlan.I2cDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A chip that the kernel has a driver for, too: {@code driver = auto | kernel | own}. An address that a kernel driver holds
 * is never touched (Documentation/i2c/dev-interface.rst); the chip is read through the driver's files then. Which of both
 * it is, is decided whenever the sensor is opened. Stateless; any thread.
 */
final class KernelChip {
    static final String KEYS = "; `driver` **auto** kernel own";

    /** Keys that say where the chip is and what of it is read; all others are about our own driver. */
    private static final Set<String> COMMON = Set.of("type", "every", "bus", "address", "channels", "shunt", "driver");

    private enum Use {
        AUTO,
        KERNEL,
        OWN
    }

    private KernelChip() {}

    /**
     * Lets the settings choose.
     *
     * @param kernel the name that the kernel's driver knows the chip by (i2c_device_id)
     * @param own the plan of our driver, whose settings have been read
     * @param ranges of the chip: what is beyond is no value, whichever driver has read it
     */
    static SensorPlan or(Settings settings, String kernel, SensorPlan own, Range... ranges) {
        return or(
                settings,
                kernel,
                own,
                own.quantities().stream().map(KernelNode::of).toList(),
                ranges);
    }

    /** @param nodes in the order of the plan's quantities */
    static SensorPlan or(Settings settings, String kernel, SensorPlan own, List<KernelNode> nodes, Range... ranges) {
        return or(settings, kernel, own, nodes, UnaryOperator.identity(), ranges);
    }

    /**
     * With quantities that follow from those of the nodes.
     *
     * @param finish makes the plan's quantities of those of the nodes
     */
    static SensorPlan or(
            Settings settings,
            String kernel,
            SensorPlan own,
            List<KernelNode> nodes,
            UnaryOperator<List<Measurement>> finish,
            Range... ranges) {
        var use = settings.choice("driver", Use.AUTO);
        var device = (I2cDevice) own.source();
        if (device.mux().isPresent()) {
            if (use == Use.KERNEL) {
                settings.problem(
                        "driver",
                        "behind mux it is our own; if the kernel drives the switch (i2c-mux-pca954x), the channel is"
                                + " a bus of its own: write its number as bus, and no mux");
            }
            return own;
        }
        if (use == Use.KERNEL) {
            refuseOwnKeys(settings);
        }
        if (use == Use.OWN) {
            return own;
        }
        return new SensorPlan(device, own.quantities(), hardware -> {
                    var bus = device.bus().number(hardware.roots());
                    var held = directory(hardware.roots(), bus, device.address());
                    if (isHeld(held)) {
                        return new Opened(
                                open(held, device, nodes, Attribute.isKernel(held)),
                                finish,
                                List.of(ranges),
                                held.toString());
                    }
                    if (use == Use.KERNEL) {
                        throw new SensorException(String.format(
                                "no driver of the kernel is bound to %s; `echo %s 0x%02x | sudo tee %s/new_device`"
                                        + " binds it until the next start, a device-tree overlay for ever; or write driver"
                                        + " = own",
                                device.describe(), kernel, device.address(), held.resolveSibling("i2c-" + bus)));
                    }
                    return own.opening().open(hardware);
                })
                .noSooner(own.shortest());
    }

    private static void refuseOwnKeys(Settings settings) {
        for (var key : settings.keys()) {
            if (settings.isAsked(key) && !COMMON.contains(key)) {
                settings.problem(
                        key, "is a setting of our own driver, which driver = kernel does not use; leave it out");
            }
        }
    }

    /**
     * A sensor of ours that reads no more when a driver of the kernel comes: the kernel refuses an address that it holds
     * (I2C_SLAVE, EBUSY), but not to a descriptor that had selected it before.
     */
    static Sensor yielding(Sensor sensor, Roots roots, I2cDevice device) throws SensorException {
        var address = device.mux().map(SensorPlan.MuxChannel::address).orElse(device.address());
        var taken = directory(roots, device.bus().number(roots), address);
        return new Yielding(sensor, device, taken);
    }

    private record Yielding(Sensor sensor, I2cDevice device, Path directory) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            if (isHeld(directory)) {
                throw new SensorException(
                        "the kernel's driver " + nameOf(directory) + " has taken " + device.describe() + " meanwhile");
            }
            return sensor.read();
        }

        @Override
        public void close() {
            sensor.close();
        }
    }

    private static Path directory(Roots roots, int bus, int address) {
        return roots.sys().resolve("bus/i2c/devices").resolve(String.format("%d-%04x", bus, address));
    }

    private static boolean isHeld(Path device) {
        return DeviceDirs.exists(device.resolve("driver"));
    }

    private static List<KernelNode.Open> open(Path held, I2cDevice device, List<KernelNode> nodes, boolean kept)
            throws SensorException {
        var open = new ArrayList<KernelNode.Open>();
        for (var node : nodes) {
            Optional<KernelNode.Open> found = node.find(held, kept);
            if (found.isEmpty()) {
                throw new SensorException(device.describe() + " is held by the kernel's driver " + nameOf(held)
                        + ", which shows no " + node.quantity().name() + " in " + held
                        + "; read what it has with type = hwmon or iio, or take the chip from it");
            }
            open.add(found.get());
        }
        return List.copyOf(open);
    }

    private static String nameOf(Path held) {
        try {
            return DeviceDirs.nameOf(held.resolve("driver").toRealPath());
        } catch (IOException going) {
            return "that is just going";
        }
    }

    private record Opened(
            List<KernelNode.Open> nodes, UnaryOperator<List<Measurement>> finish, List<Range> ranges, String where)
            implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException {
            var sample = new ArrayList<Measurement>(nodes.size());
            for (var node : nodes) {
                sample.add(checked(node.measure()));
            }
            return finish.apply(List.copyOf(sample));
        }

        private Measurement checked(Measurement measured) throws SensorException {
            for (var range : ranges) {
                if (range.quantity().equals(measured.quantity()) && measured.value() instanceof Value.Numeric number) {
                    range.checked(number.number(), where);
                }
            }
            return measured;
        }

        @Override
        public void close() {
            nodes.forEach(KernelNode.Open::close);
        }
    }
}
