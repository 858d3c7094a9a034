package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.text.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A battery or charger behind a kernel driver, such as the board's AXP: {@code type = power-supply, supply =
 * axp20x-battery, values = [voltage, capacity]}. Units are those of Documentation/ABI/testing/sysfs-class-power.
 * Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class PowerSupply implements SensorDriver {
    private static final String DIRECTORY = "class/power_supply";

    /** An attribute and what divides it into the quantity's unit. */
    private record Item(String file, Quantity quantity, double divisor) {}

    private static final Map<String, Item> ITEMS = new LinkedHashMap<>();

    static {
        add("voltage_now", Quantity.VOLTAGE, 1e6); // µV
        add("current_now", Quantity.CURRENT, 1e6); // µA
        add("power_now", Quantity.POWER, 1e6); // µW
        add("energy_now", new Quantity("energy", "Wh", 3), 1e6); // µWh
        add("charge_now", new Quantity("charge", "Ah", 3), 1e6); // µAh
        add("capacity", new Quantity("capacity", "%", 0), 1); // %
        add("temp", Quantity.TEMPERATURE, 10); // tenths of a degree
        add("online", new Quantity("online", "", 0), 1); // 0 or 1
        add("present", new Quantity("present", "", 0), 1); // 0 or 1
    }

    private static void add(String file, Quantity quantity, double divisor) {
        ITEMS.put(quantity.name(), new Item(file, quantity, divisor));
    }

    @Override
    public String name() {
        return "power-supply";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var supply = UserPath.of(settings, "supply", settings.text("supply")).toString();
        var items = items(settings);
        return new SensorPlan(
                new FileSource(supply.isBlank() ? "power supply" : supply),
                items.stream().map(Item::quantity).toList(),
                hardware -> FoundSensor.open(hardware, files -> find(supply, items, files)));
    }

    private static List<Item> items(ConfigTable settings) {
        var items = new ArrayList<Item>();
        for (var name : settings.has("values") ? settings.texts("values") : List.of("voltage")) {
            var item = ITEMS.get(name);
            if (item == null) {
                settings.problem(
                        "values",
                        "'" + name + "' is none of " + String.join(", ", ITEMS.keySet())
                                + Suggestion.of(name, ITEMS.keySet()));
            } else if (items.contains(item)) {
                settings.problem("values", name + " is there twice");
            } else {
                items.add(item);
            }
        }
        if (settings.has("values") && settings.texts("values").isEmpty()) {
            settings.problem("values", "an empty list; leave the key out to have the voltage");
        }
        return items.isEmpty() ? List.of(ITEMS.values().iterator().next()) : List.copyOf(items);
    }

    private static FoundSensor.Device find(String name, List<Item> items, DeviceFiles files) throws SensorException {
        var directory = files.sys().resolve(DIRECTORY);
        var there = files.entries(directory).stream().map(DeviceFiles::nameOf).toList();
        if (!there.contains(name)) {
            throw new SensorException("no power supply '" + name + "' in " + directory + "; there are: "
                    + DeviceFiles.list(there) + Suggestion.of(name, there));
        }
        var device = directory.resolve(name);
        var kept = files.isKernel(files.sys());
        return FoundChannels.of(
                items, Item::quantity, item -> new Value(item, files.attribute(existing(files, device, item), kept)));
    }

    private static Path existing(DeviceFiles files, Path device, Item item) throws SensorException {
        var file = device.resolve(item.file);
        if (!files.exists(file)) {
            var others = ITEMS.values().stream()
                    .filter(other -> files.exists(device.resolve(other.file)))
                    .map(other -> other.quantity.name())
                    .toList();
            throw new SensorException(
                    device + " has no " + item.quantity.name() + "; it has: " + DeviceFiles.list(others));
        }
        return file;
    }

    private record Value(Item item, Attribute attribute) implements FoundChannels.Channel {
        @Override
        public Measurement measure() throws SensorException {
            return Measurement.of(item.quantity, attribute.number() / item.divisor);
        }

        @Override
        public void close() {
            attribute.close();
        }
    }
}
