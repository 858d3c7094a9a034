package io.walnutedge.simulate;

import io.walnutedge.plan.Plan;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** Trees in the place of {@code /sys}, {@code /proc} and {@code /dev} of a Walnut Pi 1B. One thread. */
final class SimulatedTree implements AutoCloseable {
    /** PA to PI, 32 lines each; the header's are of ports C, H and I. */
    static final int MAIN_LINES = 288;

    static final String MODEL = "walnutpi-1b";

    /** What the kernel calls each of the board's buses (drivers/i2c/busses/i2c-mv64xxx.c). */
    static final String ADAPTER = "mv64xxx_i2c adapter";

    private static final String LED = "led ";

    /** Of the thermometers that w1_therm serves, families 10, 22, 28, 3b and 42. */
    private static final Pattern ONE_WIRE_ID = Pattern.compile("\\b(?:10|22|28|3b|42)-[0-9a-f]{12}\\b");

    private final Path directory;
    private final Roots roots;
    private final List<LiveFile> live = new ArrayList<>();
    private final Map<Path, Course> replaced = new LinkedHashMap<>();

    private SimulatedTree(Path directory) {
        this.directory = directory;
        this.roots = new Roots(directory.resolve("sys"), directory.resolve("proc"), directory.resolve("dev"));
    }

    /** @param directory existing and empty */
    static SimulatedTree plant(Path directory) throws IOException {
        var tree = new SimulatedTree(directory);
        tree.thermal();
        tree.hwmon();
        tree.iio();
        tree.oneWire();
        tree.buses();
        tree.proc();
        tree.update(0);
        return tree;
    }

    /**
     * What a plan and a scenario add: I2C buses, 1-wire thermometers, LEDs, files.
     *
     * @param buses that have chips
     * @param named the numbers of those that the plan names
     */
    void add(Plan plan, Scenario scenario, Set<Integer> buses, Map<String, Integer> named) throws IOException {
        for (var bus : buses) {
            bus(bus);
        }
        for (var bus : named.entrySet()) {
            bus(bus.getValue(), bus.getKey());
        }
        for (var sensor : plan.sensors()) {
            var ids = ONE_WIRE_ID.matcher(sensor.plan().source().describe());
            if (ids.find() && !Files.exists(w1(ids.group()))) {
                thermometer(ids.group(), new Wave(19.5, 4, 75));
            }
        }
        for (var output : plan.outputs()) {
            led(output.actuator().place());
        }
        for (var file : scenario.files().entrySet()) {
            put(directory.resolve(file.getKey()), file.getValue());
        }
        update(0);
    }

    private void put(Path path, Scenario.Content content) throws IOException {
        if (content instanceof Scenario.Content.Text text) {
            put(path, text.text());
        } else if (content instanceof Scenario.Content.Whole whole) {
            Files.createDirectories(path.getParent());
            replaced.put(path, whole.course());
        }
    }

    /** Documentation/ABI/testing/sysfs-class-led. */
    private void led(String place) throws IOException {
        if (place.startsWith(LED)) {
            var led = roots.sys().resolve("class/leds").resolve(place.substring(LED.length()));
            put(led.resolve("brightness"), "0");
            put(led.resolve("max_brightness"), "255\n");
            put(led.resolve("trigger"), "[none] timer heartbeat\n");
        }
    }

    Roots roots() {
        return roots;
    }

    /** @param nanos since the start */
    void update(long nanos) throws IOException {
        for (var file : live) {
            file.update(nanos);
        }
        for (var file : replaced.entrySet()) {
            replace(file.getKey(), Math.round(file.getValue().at(nanos)) + "\n");
        }
    }

    /** In one step, as the kernel shows an attribute; readers open these files for each sample. */
    private static void replace(Path path, String text) throws IOException {
        var next = path.resolveSibling("." + path.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Zones of the 1B's kernel, in m°C (Documentation/driver-api/thermal/sysfs-api.rst). */
    private void thermal() throws IOException {
        var types = List.of("cpu-thermal", "gpu-thermal", "ve-thermal", "ddr-thermal");
        for (var i = 0; i < types.size(); i++) {
            var zone = roots.sys().resolve("class/thermal/thermal_zone" + i);
            put(zone.resolve("type"), types.get(i) + "\n");
            number(zone.resolve("temp"), new Wave(46_000 - 900 * i, 3_000, 60 + 7 * i));
        }
    }

    /** A power monitor with labels, and a thermometer (Documentation/hwmon/sysfs-interface.rst: mV, mA, m°C). */
    private void hwmon() throws IOException {
        var power = roots.sys().resolve("class/hwmon/hwmon0");
        put(power.resolve("name"), "ina3221\n");
        put(power.resolve("in1_label"), "VDD_5V\n");
        put(power.resolve("in2_label"), "VDD_3V3\n");
        number(power.resolve("in1_input"), new Wave(5_080, 40, 37));
        number(power.resolve("in2_input"), new Wave(3_304, 12, 23));
        number(power.resolve("curr1_input"), new Wave(520, 180, 41));
        number(power.resolve("curr2_input"), new Wave(310, 60, 29));
        var thermometer = roots.sys().resolve("class/hwmon/hwmon1");
        put(thermometer.resolve("name"), "lm75\n");
        number(thermometer.resolve("temp1_input"), new Wave(28_500, 1_500, 90));
    }

    /** An ADC in raw, offset and scale, and a DHT11 in m°C and m% (Documentation/ABI/testing/sysfs-bus-iio). */
    private void iio() throws IOException {
        var adc = roots.sys().resolve("bus/iio/devices/iio:device0");
        put(adc.resolve("name"), "sun20i-gpadc\n");
        put(adc.resolve("in_voltage_scale"), "0.439453125\n");
        number(adc.resolve("in_voltage0_raw"), new Wave(2_400, 900, 31));
        var dht = roots.sys().resolve("bus/iio/devices/iio:device1");
        put(dht.resolve("name"), "dht11\n");
        number(dht.resolve("in_temp_input"), new Wave(22_000, 1_800, 120));
        number(dht.resolve("in_humidityrelative_input"), new Wave(48_000, 9_000, 150));
    }

    private void oneWire() throws IOException {
        thermometer("28-0000072bd5a1", new Wave(19.5, 4, 75));
    }

    private Path w1(String id) {
        return roots.sys().resolve("bus/w1/devices").resolve(id);
    }

    private void thermometer(String id, Wave celsius) throws IOException {
        var thermometer = new SimulatedDs18b20(celsius);
        var device = w1(id);
        put(device.resolve("name"), id + "\n");
        live(device.resolve("w1_slave"), thermometer::slave);
        live(device.resolve("temperature"), thermometer::temperature);
    }

    /** GPIO controllers with the bases of the vendor's kernel, and I2C bus 1. */
    private void buses() throws IOException {
        controller("gpiochip0", "300b000.pinctrl", 0, MAIN_LINES);
        controller("gpiochip352", "7022000.pinctrl", 352, 32);
        bus(1);
    }

    /** One by the name that a configuration gives it: a path in the device tree, or its adapter's. */
    void bus(int number, String name) throws IOException {
        bus(number);
        var directory = roots.sys().resolve("bus/i2c/devices/i2c-" + number);
        if (name.startsWith("/")) {
            var node = Files.createDirectories(roots.sys().resolve("firmware/devicetree/base" + name));
            Files.createSymbolicLink(directory.resolve("of_node"), node);
        } else {
            put(directory.resolve("name"), name + "\n");
        }
    }

    private void bus(int number) throws IOException {
        put(roots.sys().resolve("bus/i2c/devices/i2c-" + number + "/name"), ADAPTER + "\n");
        put(roots.sys().resolve("class/i2c-dev/i2c-" + number + "/name"), ADAPTER + "\n");
        put(roots.dev().resolve("i2c-" + number), "");
    }

    private void controller(String chip, String label, int base, int lines) throws IOException {
        var directory = roots.sys().resolve("class/gpio").resolve(chip);
        put(directory.resolve("label"), label + "\n");
        put(directory.resolve("base"), base + "\n");
        put(directory.resolve("ngpio"), lines + "\n");
    }

    /** Documentation/filesystems/proc.rst; memory in kB. */
    private void proc() throws IOException {
        put(roots.proc().resolve("device-tree/model"), MODEL + "\0");
        var load = new Wave(0.6, 0.4, 55);
        live(roots.proc().resolve("loadavg"), nanos -> text("%.2f 0.55 0.42 1/134 4711\n", load.at(nanos)));
        var available = new Wave(700_000, 60_000, 70);
        live(
                roots.proc().resolve("meminfo"),
                nanos -> text(
                        "MemTotal:        1000000 kB\nMemFree:          400000 kB\nMemAvailable: %10d kB\n",
                        available.rounded(nanos)));
        // six digits before the point for the next ten days
        live(roots.proc().resolve("uptime"), nanos -> text("%.2f 400000.00\n", 100_000 + nanos / 1e9));
    }

    private void number(Path path, Wave wave) throws IOException {
        live(path, nanos -> wave.rounded(nanos) + "\n");
    }

    private void live(Path path, LongFunction<String> content) throws IOException {
        Files.createDirectories(path.getParent());
        live.add(LiveFile.create(path, content));
    }

    private static void put(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public void close() throws IOException {
        for (var file : live) {
            file.close();
        }
    }
}
