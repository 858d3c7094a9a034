package io.walnutedge.sensor.i2c;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.MeasurementKeys;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.DeviceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A chip that the kernel has a driver for, too: {@code driver = auto | kernel | own}. An address that a kernel driver holds
 * is never touched (Documentation/i2c/dev-interface.rst); the chip is read through the driver's files then. Which of both
 * it is, is decided whenever the sensor is opened. Immutable; any thread.
 *
 * @param name that the kernel's driver knows the chip by (i2c_device_id)
 * @param nodes that show the quantities of our own plan, in their order
 * @param finish makes the plan's quantities of those of the nodes
 * @param ranges of the chip: what is beyond is no value, whichever driver has read it
 */
public record KernelChip(
        String name,
        Function<List<Quantity>, List<KernelNode>> nodes,
        UnaryOperator<List<Measurement>> finish,
        List<Range> ranges) {
    static final String KEYS = "`driver` **auto** kernel own";

    /** Keys that say where the chip is and what of it is read; a driver's others are about our own. */
    private static final Set<String> OF_BOTH = Set.of("bus", "address", "mux", "channels", "shunt", "driver");

    private enum Use {
        AUTO,
        KERNEL,
        OWN
    }

    static KernelChip of(String name, Range... ranges) {
        return new KernelChip(
                name,
                quantities -> quantities.stream().map(KernelNode::of).toList(),
                UnaryOperator.identity(),
                List.of(ranges));
    }

    /** Shown elsewhere than at the usual places of the plan's quantities. */
    public static KernelChip of(String name, Function<List<Quantity>, List<KernelNode>> nodes) {
        return new KernelChip(name, nodes, UnaryOperator.identity(), List.of());
    }

    /** Lets the settings choose between the kernel's driver and our own, whose settings have been read. */
    SensorPlan or(ConfigTable settings, SensorPlan own) {
        var use = settings.choice("driver", Use.AUTO);
        var device = (I2cDevice) own.source();
        var shown = nodes.apply(own.quantities());
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
        return own.giving(own.quantities(), hardware -> {
            var files = hardware.access(DeviceFiles.class);
            var bus = device.bus().number(files);
            var hold = KernelHold.of(files, bus, device.address());
            var held = hold.directory();
            if (hold.isHeld()) {
                return new Opened(open(hold, device, shown, files.isKernel(held)), finish, ranges, held.toString());
            }
            if (use == Use.KERNEL) {
                throw new SensorException(String.format(
                        Locale.ROOT,
                        "no driver of the kernel is bound to %s; `echo %s 0x%02x | sudo tee %s/new_device`"
                                + " binds it until the next start, a device-tree overlay for ever; or write driver"
                                + " = own",
                        device.describe(),
                        name,
                        device.address(),
                        held.resolveSibling("i2c-" + bus)));
            }
            return own.opening().open(hardware);
        });
    }

    private static void refuseOwnKeys(ConfigTable settings) {
        for (var key : settings.keys()) {
            if (settings.isAsked(key) && !OF_BOTH.contains(key) && !MeasurementKeys.ALL.contains(key)) {
                settings.problem(
                        key, "is a setting of our own driver, which driver = kernel does not use; leave it out");
            }
        }
    }

    private static List<KernelNode.Open> open(KernelHold hold, I2cDevice device, List<KernelNode> nodes, boolean kept)
            throws SensorException {
        var held = hold.directory();
        var open = new ArrayList<KernelNode.Open>();
        for (var node : nodes) {
            Optional<KernelNode.Open> found = node.find(hold.files(), held, kept);
            if (found.isEmpty()) {
                throw new SensorException(device.describe() + " is held by the kernel's driver " + hold.driver()
                        + ", which shows no " + node.quantity().name() + " in " + held
                        + "; read what it has with type = hwmon or iio, or take the chip from it");
            }
            open.add(found.get());
        }
        return List.copyOf(open);
    }

    private record Opened(
            List<KernelNode.Open> nodes, UnaryOperator<List<Measurement>> finish, List<Range> ranges, String where)
            implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            var sample = new ArrayList<Measurement>(nodes.size());
            for (var each : Channels.measure(nodes, KernelNode.Open::quantity, KernelNode.Open::measure)) {
                sample.add(checked(each));
            }
            return finish.apply(List.copyOf(sample));
        }

        private Measurement checked(Measurement measured) throws SensorException {
            for (var range : ranges) {
                if (range.quantity().equals(measured.quantity())
                        && measured.outcome() instanceof Value.Numeric number) {
                    return range.measured(number.number(), where);
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
